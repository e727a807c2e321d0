"""The lenses, one a file; `decisions.look` finds them here."""
