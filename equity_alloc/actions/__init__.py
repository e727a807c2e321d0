"""Which interventions are worth their money where: only behind a named cause, on the cautious end of what studies found."""
