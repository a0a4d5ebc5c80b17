"""Who may open what of the repairs."""

LINES: dict[str, str] = {
    "signed_in": """
        repairs:list repairs:repair repairs:file repairs:before repairs:apply repairs:edit repairs:give repairs:take_out
        repairs:submit repairs:supply repairs:withdraw
    """,
    "@appeals": """
        repairs:paper repairs:accept repairs:ask_supplement repairs:not_accept repairs:forward repairs:draft_decision
        repairs:extend
    """,
    "@approver": "repairs:approve repairs:refuse repairs:revoke",
    "@appeals head approver": "repairs:proposal",
    "@clerk approver": "repairs:delist",
}
