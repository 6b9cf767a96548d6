"""Thin callables for data frameworks; each imports its framework at the top."""
