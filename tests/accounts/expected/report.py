"""Who may open what of the reporters' pages and the custody."""

LINES: dict[str, str] = {
    "anonymous": "report:report report:ask report:say report:rate report:withdraw report:slip",
    "handler": "custody:ask custody:ask_original custody:original custody:view",
    "custodian": "custody:key custody:release custody:refuse",
    "handler custodian": "custody:list custody:request",
}
