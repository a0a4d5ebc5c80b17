"""Who may open what of the reporters' pages and the custody."""

LINES: dict[str, str] = {
    "anonymous": "report:report report:ask report:say report:rate report:slip",
}
