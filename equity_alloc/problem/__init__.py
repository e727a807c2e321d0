"""The district's decision as bare bounds and masks, and what can be proven about it without a solver."""
