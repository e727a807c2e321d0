"""Dated, cited values: read with the line they stand on, and checked."""
