"""The only room that knows PuLP and HiGHS."""
