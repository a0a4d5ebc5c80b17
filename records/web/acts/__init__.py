"""The acts of people on a record, one page each."""
