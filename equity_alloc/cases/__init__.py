"""Live cases: invented districts with a locked scenario, questions, notes for who leads, and a key that is computed."""
