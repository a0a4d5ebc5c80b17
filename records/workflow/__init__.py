"""Tables of arrows and the guards that stand before them."""
