"""Tests of archives, honours and credit checks."""
