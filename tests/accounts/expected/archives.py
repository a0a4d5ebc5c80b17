"""Who may open what of the archives."""

LINES: dict[str, str] = {}
