"""Several years: a list of districts linked by rules, each planned and certified like the first."""
