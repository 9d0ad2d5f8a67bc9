"""Line mode over a real desk, with lines from a list instead of a pipe."""
