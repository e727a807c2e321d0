"""The documents that leave with a plan: one file for each, with its title, its readers and its writer."""
