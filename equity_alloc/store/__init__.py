"""Saved work: what a visitor's next visit finds again."""
