"""Numbers: of documents, and of our own."""
