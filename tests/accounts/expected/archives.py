"""Who may open what of the archives."""

LINES: dict[str, str] = {
    "signed_in": """
        archives:mine archives:archive archives:of_official archives:of_unit archives:honours archives:honour
    """,
    "personnel head approver": "archives:list",
    "personnel head approver supervisor": "archives:coverage",
    "@personnel": "archives:read_restricted archives:write_restricted archive.restricted",
    "@clerk personnel": "archives:new_honour archives:edit_honour archives:propose_honour",
    "@head reviewer": "archives:send_back_honour archives:grant_honour",
    "@head reviewer approver": "archives:withdraw_honour",
    "clerk reviewer head personnel approver": "archives:checks archives:check archives:new_check archives:report_file",
    "@clerk reviewer head personnel approver": "archives:decide_check archives:add_report",
    "client:checks:write": "records_api:checks records_api:check records_api:decide_check",
}
