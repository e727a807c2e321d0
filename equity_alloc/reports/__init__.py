"""What leaves the house: one writer for each format, read back by the doors."""
