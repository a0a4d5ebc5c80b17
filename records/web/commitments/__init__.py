"""Staff pages of promises and their details."""
