"""Detente: a text-based simulator of diplomatic crises."""

__version__ = "0.1.0"
