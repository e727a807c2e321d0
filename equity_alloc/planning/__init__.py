"""From choices to a certified plan."""
