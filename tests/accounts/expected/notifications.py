"""Who may open what of the notifications."""

LINES: dict[str, str] = {}
