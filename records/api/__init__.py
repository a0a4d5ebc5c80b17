"""The casework over HTTP: the same acts as the pages, for people signed in and clients by scope."""
