"""Staff pages of archives, honours, credit checks and the own view."""
