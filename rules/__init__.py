"""Dated law, calendar, deadlines, numbers, text scan and the workflow machine."""
