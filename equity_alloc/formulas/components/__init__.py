"""The components of formulas, one kind in each file."""
