"""Who may open what of the commitments."""

LINES: dict[str, str] = {
    "clerk": "commitments:details",
}
