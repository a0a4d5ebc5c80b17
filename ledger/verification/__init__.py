"""Verification: does the log hold together, and does it explain every row, file and document that is there?"""
