"""Staff pages of the accounts room and the sign-in."""
