"""Cryptographic suites: hashes, signatures and seals, each behind one small interface."""
