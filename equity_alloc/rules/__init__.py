"""What must hold. One rule for each file; found by `catalogue`. No solver is known here."""
