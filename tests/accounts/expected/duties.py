"""Who may open what of the duties."""

LINES: dict[str, str] = {
    "signed_in": """
        duties:measures duties:claim duties:situations duties:situation duties:rectifications duties:rectification
        duties:rectification_file duties:responsibilities duties:responsibility duties:accountabilities
        duties:accountability duties:mitigations duties:mitigation duties:mitigation_file
    """,
    "@clerk head": "duties:write duties:receive duties:begin duties:answer duties:attach duties:submit",
    "@head": "duties:submit_report duties:request_extension",
    "@supervisor": "duties:order",
    "@clerk approver": "duties:name duties:remove_responsibility",
    "@clerk": "duties:propose_draft",
    "@clerk reviewer": "duties:sign_draft",
    "@supervisor approver": """
        duties:open_accountability duties:accept_report duties:return_report duties:grant_extension
        duties:refuse_extension duties:judge duties:order_again duties:refuse duties:trace duties:drop duties:find
        duties:return_finding duties:decide duties:transfer duties:close_accountability duties:take_up duties:lighten
        duties:waive duties:refuse_claim
    """,
}
