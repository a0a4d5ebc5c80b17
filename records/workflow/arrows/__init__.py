"""The arrows of a dishonesty record (domain 4.2), by the part of its way."""
