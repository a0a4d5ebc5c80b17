"""Who may open what of the repairs."""

LINES: dict[str, str] = {}
