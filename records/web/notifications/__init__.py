"""Staff pages of notifications and delegation."""
