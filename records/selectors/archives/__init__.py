"""Reads over archives: their sections, their coverage, what a subject sees of himself."""
