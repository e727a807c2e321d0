"""The screens' frame: what a visitor's browser gets before and around the pages."""
