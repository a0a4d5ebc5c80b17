"""Reads over commitments and their details."""
