"""Complaints coming in, the thread with their senders, and the custody of identities."""
