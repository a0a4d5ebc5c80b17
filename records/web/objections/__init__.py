"""Staff pages of objections."""
