"""Measures describe a distribution over pupils. One file each; found by their module-level `MEASURE`."""
