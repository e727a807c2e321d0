"""Tests of the live cases."""
