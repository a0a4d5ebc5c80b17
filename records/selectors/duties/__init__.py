"""Reads about what records set going."""
