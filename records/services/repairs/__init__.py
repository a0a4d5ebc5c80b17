"""The acts of credit repair, one file per activity."""
