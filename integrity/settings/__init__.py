"""Settings by environment: dev for ``make run``, test for the suite, prod for production."""
