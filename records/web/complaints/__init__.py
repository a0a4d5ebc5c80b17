"""Staff pages of complaints, for those who handle them."""
