"""Who may open what of the complaints."""

LINES: dict[str, str] = {
    "anonymous": "report:channels",
    "approver handler reviewer head supervisor": """
        complaints:list complaints:complaint complaints:evidence complaints:paper
    """,
    "handler approver supervisor": "complaints:new",
    "approver supervisor": "complaints:statistics complaints:order complaints:confirm_default",
    "approver": """
        complaints:screen complaints:accept complaints:transfer complaints:not_accept complaints:merge
        complaints:mark_malicious complaints:relate
    """,
    "reviewer handler head": "complaints:hand_back",
    "approver reviewer head": "complaints:assign",
    "handler": """
        complaints:investigate complaints:findings complaints:attach complaints:verify_true complaints:verify_partial
        complaints:verify_false complaints:answer
    """,
    "handler reviewer": "complaints:proposal",
    "head approver": "complaints:extend complaints:channels complaints:channel_new complaints:channel",
    "approver handler": """
        complaints:withdraw complaints:media complaints:media_new complaints:media_check complaints:media_join
        complaints:media_clip complaints:media_file complaints:make_ordinary
    """,
    "approver handler reviewer head": "complaints:write",
    "monitor": "complaints:clues complaints:clue",
    "personnel head approver": "complaints:corps complaints:appoint complaints:term",
}
