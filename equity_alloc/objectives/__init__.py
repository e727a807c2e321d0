"""What a plan raises. One objective for each file; found by `catalogue`."""
