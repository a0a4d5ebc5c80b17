"""What is read of commitments, one file per question."""
