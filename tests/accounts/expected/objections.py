"""Who may open what of the objections."""

LINES: dict[str, str] = {}
