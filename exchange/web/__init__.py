"""Staff pages of the exchange."""
