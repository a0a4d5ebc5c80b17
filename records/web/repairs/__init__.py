"""Staff pages of credit repair."""
