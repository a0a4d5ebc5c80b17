"""Who may open what of the duties."""

LINES: dict[str, str] = {}
