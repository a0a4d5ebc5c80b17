"""Local servers and the supervisor behind `make run` and `make test`; nothing of it is needed in production."""
