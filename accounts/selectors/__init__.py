"""Reads of the accounts room that join several models."""
