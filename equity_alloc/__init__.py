"""Equity Alloc: which school gets what, decided fairly, legally and in public."""

__version__ = "0.2.0"
