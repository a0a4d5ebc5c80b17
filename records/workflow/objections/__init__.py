"""The objection's table of arrows (domain 4.3) and the guards that stand before them."""
