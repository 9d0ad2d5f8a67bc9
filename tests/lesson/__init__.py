"""Tests of the classroom without sockets."""
