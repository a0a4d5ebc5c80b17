"""Who may open what of the objections."""

LINES: dict[str, str] = {
    "signed_in": """
        objections:list objections:mine objections:objection objections:file objections:new objections:edit
        objections:submit objections:supplement objections:withdraw objections:attach objections:detach
        objections:request_review objections:request_notice
    """,
    "@appeals": """
        objections:register objections:accept objections:ask_supplement objections:not_accept objections:check_platform
        objections:ask_provider objections:pause objections:resume objections:draft objections:query_draft
        objections:decide objections:extend objections:serve objections:uphold_review objections:dismiss_review
    """,
    "@appeals head": "objections:proposal",
    "appeals approver clerk head": "objections:inquiries objections:inquiry objections:inquiry_file",
    "@clerk head": "objections:answer",
}
