"""Who may open what of the notifications."""

LINES: dict[str, str] = {
    "signed_in": "notifications:list notifications:read notifications:mails",
    "clerk reviewer head approver appeals supervisor personnel handler secadmin": """
        notifications:delegations notifications:end_delegation
    """,
    "head secadmin": "notifications:confirm_delegation",
}
