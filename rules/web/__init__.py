"""Staff pages of the rules room."""
