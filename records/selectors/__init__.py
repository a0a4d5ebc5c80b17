"""Reads that join several models: lists, inbox, history, differences, previews."""
