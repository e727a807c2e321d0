"""Disproportion compares a student group with everybody else. One measure a file; found by their `DISPROPORTION`."""
