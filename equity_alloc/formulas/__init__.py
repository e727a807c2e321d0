"""A district's own formula, evaluated exactly, with every factor traced to its source."""
