"""Rectification: ordering it, doing it, judging it, and what its end sets going."""
