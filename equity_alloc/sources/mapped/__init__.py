"""Tables of other programs, read through a map: which column holds what, which rows are totals, what is missing."""
