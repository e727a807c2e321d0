"""Doors for files: every problem becomes a finding, and nothing is repaired silently."""
