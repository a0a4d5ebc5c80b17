"""What the public may see: a copy, masked and dated, apart from the casework it came from."""
