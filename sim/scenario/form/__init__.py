"""scenario: what the models refuse of a file that can be read, told in plain words at the right line."""
