"""Tests of credit repair."""
