"""The custody of reporters' identities: asking, deciding, seeing for a time, and the key."""
