"""Tests of room `play`."""
