"""Measures: one module a figure or a few, each with `run()`; `python -m bench` runs them all."""
