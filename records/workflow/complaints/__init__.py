"""Complaints and reports (domain 4.5): who is competent, the clocks, the rules and the table."""
