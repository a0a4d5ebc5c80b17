"""What is done with commitments, one file per activity."""
