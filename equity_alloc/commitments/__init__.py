"""Whether a plan keeps what the district has promised."""
