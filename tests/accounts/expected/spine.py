"""Who may open what of the rooms of the spine."""

EVERYBODY_WITH_A_ROLE = "clerk reviewer head approver appeals supervisor personnel handler custodian evaluator monitor sysadmin secadmin auditor"

LINES: dict[str, str] = {
    "anonymous": """
        healthz readyz schema accounts:sign_in accounts:switch accounts_api:token
        public:home public:search public:document public:departments public:department public:verify public:verifier
        public:changes public:about public:terms public:accessibility public:appearance public:robots public:sitemap
        public:sitemap_part
        public_api:documents public_api:document public_api:document_proof public_api:heads public_api:consistency
        public_api:changes exchange_api:receipts
    """,
    "signed_in": """
        accounts:sign_out accounts:second_factor accounts:password people:recusals people:end_recusal
        records:inbox records:search records:list records:record records:notice records:download records:state records:waive
    """,
    EVERYBODY_WITH_A_ROLE: """
        people:departments people:department people:explain
        rules:calendar rules:calendar_year rules:parameters rules:parameter rules:policies rules:codes rules:deadline
    """,
    "secadmin": """
        people:register_department people:edit_department people:close_department people:move_department people:recode_department
        people:register_user people:switch_user
        people:reset_password people:reset_second_factor people:propose_grant people:propose_revoke people:confirm
        people:decline
    """,
    "secadmin auditor": "people:users people:user people:proposals",
    "auditor": "people:audit ledger.read",
    "sysadmin secadmin auditor": "people:clients people:client",
    "sysadmin": "admin:* people:register_client people:change_client people:renew_secret",
    "sysadmin secadmin": "people:stop_client",
    "@clerk reviewer head approver appeals supervisor": "record.open",
    "@personnel": "people:appoint_head people:register_official people:add_post people:end_post",
    "@personnel clerk reviewer head approver handler": "people:officials",
    "@personnel clerk reviewer head approver handler subject": "people:official official.read",
    "@personnel head approver subject": "people:reveal official.phone.reveal official.id_number.reveal",
    "signed_in client:records:read": "records_api:records records_api:record",
    "@clerk reviewer approver": "records_api:act",
    "client:officials:read": "accounts_api:officials",
    "client:disclosures:read": "public_api:export",
    "client:reports:read": "exchange_api:reports",
    "clerk reviewer head approver appeals supervisor auditor": """
        exchange:deliveries exchange:delivery exchange:reconciliation
    """,
    "approver": "exchange:reconcile rules:change_parameter",
    "approver sysadmin": "rules:import_calendar",
    "clerk": "records:new records:preview records:units",
    "@clerk": "records:edit records:submit records:recall records:attach records:remove",
    "@reviewer": "records:pass_on records:send_back",
    "@clerk reviewer": "records:deliver",
    "@clerk approver": """
        records:mask records:correct records:flag_litigation records:clear_litigation records:proposal
    """,
    "@approver": """
        exchange:resend records:recognise records:reject records:return_to_department records:publish records:acknowledge
        records:publish_official records:withdraw records:publish_notice
    """,
}
