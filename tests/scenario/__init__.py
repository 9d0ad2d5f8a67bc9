"""Tests of the room `scenario`."""
