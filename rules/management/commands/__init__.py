"""Commands of the rules room."""
