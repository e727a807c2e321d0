"""Figures from plans and measures, each with its words and its table; no screen is known here."""
