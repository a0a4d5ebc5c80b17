"""Who may open what of the commitments."""

LINES: dict[str, str] = {
    "signed_in": """
        commitments:list commitments:commitment commitments:file commitments:milestone commitments:milestone_file
        commitments:payment commitments:claim commitments:report_milestone
    """,
    "clerk": "commitments:details commitments:new",
    "@clerk": "commitments:edit commitments:submit commitments:cancel commitments:amend commitments:request_change commitments:compensate",
    "@reviewer": "commitments:activate commitments:send_back",
    "@reviewer approver": "commitments:publish",
    "@supervisor approver": "commitments:fulfil commitments:not_accept",
    "@supervisor": "commitments:order commitments:breach",
    "@head": "commitments:approve_change",
    "@head approver": "commitments:refuse_change",
    "@clerk head approver": "commitments:proposal",
    "@reviewer supervisor": "commitments:check_milestone commitments:return_milestone",
}
