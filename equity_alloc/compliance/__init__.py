"""Tests of federal law about a plan: one test per file, found by looking into this folder."""
