"""The objections, one a file; `decisions.replies` finds them here."""
