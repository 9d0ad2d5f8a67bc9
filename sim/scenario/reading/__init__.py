"""scenario: the text of a file, from bytes to plain values whose every place is known; what cannot be read, in plain words."""
