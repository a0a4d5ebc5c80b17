"""Staff pages of the casework: load in setup, one domain call, say what happened."""
