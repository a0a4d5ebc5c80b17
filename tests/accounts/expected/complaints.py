"""Who may open what of the complaints."""

LINES: dict[str, str] = {}
