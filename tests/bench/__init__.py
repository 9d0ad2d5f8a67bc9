"""Benchmarks and long tables, run by hand: `python -m tests.bench.NAME`. The suite does not collect them."""
