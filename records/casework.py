"""What the casework tells the rooms below when it starts: kinds of cases, how log and deliveries name them, where they stand."""

from django.utils.translation import gettext_lazy as _

from accounts import act_names, hidden, places, told
from exchange import subjects
from records.selectors.archives import cases, contents, sections
from records.selectors.complaints import secrecy
from records.services import moving
from records.services.complaints import settling
from records.services.rectification import followers
from records.workflow import duties, kinds, mending, record_kind
from records.workflow.archives import kind as honour_kind
from records.workflow.commitments import kind as commitment_kind
from records.workflow.complaints import kind as complaint_kind  # noqa: F401
from records.workflow.duties import kind as duty_kinds
from records.workflow.intake import identity
from records.workflow.objections import kind as objection_kind
from records.workflow.repairs import kind as repair_kind
from records.workflow.repairs import machine as repair_machine
from rules import deadlines

# --- the dishonesty record
kinds.register(record_kind.KIND)
subjects.register(resource="SX", page="records:record", ways=mending.of_record)
places.register("records:*", places.Thing("records.dishonestyrecord", is_limited=True))
# No page: auditors see that something was done to a record, not what it says (security reference, access matrix).
told.register("records.dishonestyrecord", told.Kind(_("失信记录"), title="number"))

# --- complaints: the log names them by their number only, and nobody of the accused department finds them
kinds.register(complaint_kind.KIND)
followers.register(
    "records.complaint",
    accepted=settling.rectified,
    overdue=settling.overdue,
    refused=settling.refused,
    drafts_itself=True,
)
for kept_from, finder in secrecy.FINDERS.items():
    hidden.register(kept_from, finder)
places.register("complaints:*", places.Thing("records.complaint", is_limited=True))
places.register("complaints:media_check", places.Thing("records.mediaclue", "lead", is_limited=True))
places.register("complaints:media_join", places.Thing("records.mediaclue", "lead", is_limited=True))
places.register("complaints:media_clip", places.Thing("records.mediaclue", "lead", is_limited=True))
places.register("complaints:media_file", places.Thing("records.mediaclue", "lead", is_limited=True))
places.register("complaints:term", places.Thing("records.socialsupervisor"))
places.register("complaints:channel", places.Thing("records.reportchannel"))
told.register("records.complaint", told.Kind(_("投诉举报")))
told.register("records.mediaclue", told.Kind(_("媒体线索")))
told.register("records.socialsupervisor", told.Kind(_("社会监督员聘任")))
told.register("records.reportchannel", told.Kind(_("监督渠道"), title="name"))

# --- the custody of reporters' identities, and the entries of the night
kinds.register(identity.KIND)
places.register("custody:*", places.Thing("records.identityrequest", is_limited=True))
places.register("custody:ask", places.Thing("records.complaint", is_limited=True))
places.register("custody:ask_original", places.Thing("records.complaint", is_limited=True))
told.register("records.identityrequest", told.Kind(_("查看身份或原件的申请")))
told.register("records.custodiankey", told.Kind(_("身份保管密钥")))
told.register("ledger.batch", told.Kind(_("每日汇总")))

# --- commitments, their milestones and payments
kinds.register(commitment_kind.KIND)
followers.register("records.commitment", drafts_itself=True)
kinds.register(commitment_kind.STEP)
kinds.register(commitment_kind.PAYMENT_KIND)
subjects.register(resource="CN", page="commitments:commitment", ways=mending.of_promise)
places.register("commitments:*", places.Thing("records.commitment", is_limited=True))
for _name in ("milestone", "milestone_file", "report_milestone", "check_milestone", "return_milestone"):
    places.register(
        f"commitments:{_name}", places.Thing("records.milestone", "commitment__department", is_limited=True)
    )
told.register("records.commitment", told.Kind(_("承诺"), title="number"))
places.register("commitments:payment", places.Thing("records.paymentnode", "commitment__department", is_limited=True))
told.register("records.milestone", told.Kind(_("承诺节点"), title="title"))
told.register("records.paymentnode", told.Kind(_("承诺付款"), title="payee"))
act_names.register({"payment.open": _("列出应付款项")})

# --- archives, honours and credit checks
kinds.register(honour_kind.KIND)
for _section in (
    cases.COMMITMENTS, contents.RECORDS, contents.SANCTIONS, cases.OBJECTIONS, cases.REPAIRS, contents.HONOURS,
):  # fmt: skip
    sections.register(_section)
places.register("archives:*", places.Thing("records.integrityarchive", person="official__person_id", is_limited=True))
for _view in ("check", "decide_check", "add_report", "report_file"):
    places.register(f"archives:{_view}", places.Thing("records.checkrun", is_limited=True))
for _view in ("honour", "edit_honour", "propose_honour", "grant_honour", "send_back_honour", "withdraw_honour"):
    places.register(f"archives:{_view}", places.Thing("records.honour", is_limited=True))
told.register("records.integrityarchive", told.Kind(_("诚信档案")))
told.register("records.honour", told.Kind(_("荣誉"), title="number"))
told.register("records.checkrun", told.Kind(_("信用核查"), title="number"))
act_names.register(
    {
        "honour.register": _("登记荣誉"),
        "archive.open": _("建立诚信档案"),
        "archive.write_restricted": _("登记限制内容"),
        "archive.read_restricted": _("查看限制内容"),
        "check.run": _("信用核查"),
        "check.decide": _("登记核查后的办理结果"),
        "check.add_report": _("附第三方信用报告"),
    }
)
# --- credit repair
kinds.register(repair_kind.KIND)
places.register("repairs:*", places.Thing("records.creditrepair", is_limited=True))
for _page in ("before", "apply", "paper", "delist"):  # their key is the record's
    places.register(f"repairs:{_page}", places.Thing("records.dishonestyrecord", is_limited=True))
told.register("records.creditrepair", told.Kind(_("信用修复"), title="number"))
act_names.register_arrows("repair", {"open": repair_machine.OPEN.label})
act_names.register_arrows("record", {"court_delisted": _("登记法院移出名单")})
# --- objections and the inquiries they lead to
kinds.register(objection_kind.KIND)
kinds.register(objection_kind.INQUIRIES)
places.register("objections:*", places.Thing("records.objection", department="office", is_limited=True))
places.register("objections:new", places.Thing("records.dishonestyrecord", is_limited=True))
places.register("objections:register", places.Thing("records.dishonestyrecord", is_limited=True))
for _name in ("inquiry", "answer", "inquiry_file"):
    places.register(f"objections:{_name}", places.Thing("records.providerinquiry", is_limited=True))
told.register("records.objection", told.Kind(_("异议"), title="number"))
told.register("records.providerinquiry", told.Kind(_("核实函")))
told.register("records.correctionnotice", told.Kind(_("更正公告")))
# --- what a record sets going; the log names the cases by number, the pages are limited to who may open them
for duty in duty_kinds.KINDS:
    kinds.register(duty)
deadlines.follow("records.situationreport", duties.SITUATION, write=moving.situation)
deadlines.follow("records.rectification", duties.RECTIFY, write=moving.rectification)
deadlines.follow("records.rectification", duties.EXTENSION, write=moving.rectification)
deadlines.follow("records.rectification", duties.SECOND_ORDER, write=moving.second_order)
for view, model in (
    *((name, "situationreport") for name in ("situation", "write", "submit_report", "accept_report", "return_report")),
    *(
        (name, "rectification")
        for name in (
            "rectification", "rectification_file", "receive", "begin", "answer", "attach", "request_extension", "submit",
            "grant_extension", "refuse_extension", "judge", "order_again", "refuse",
        )
    ),
    *(
        (name, "recordresponsibility")
        for name in ("responsibility", "remove_responsibility", "propose_draft", "sign_draft")
    ),
    *(
        (name, "accountabilitycase")
        for name in (
            "accountability", "trace", "drop", "find", "return_finding", "decide", "transfer", "close_accountability",
        )
    ),
    *(
        (name, "mitigationclaim")
        for name in ("mitigation", "mitigation_file", "take_up", "lighten", "waive", "refuse_claim")
    ),
    *((name, "dishonestyrecord") for name in ("measures", "name", "claim")),
):  # fmt: skip
    places.register(f"duties:{view}", places.Thing(f"records.{model}", is_limited=True))
for view in ("order", "open_accountability"):
    places.register(
        f"duties:{view}", places.Thing("records.dishonestyrecord", department="subject_department", is_limited=True)
    )
told.register("records.situationreport", told.Kind(_("失信情况报告"), title="number"))
told.register("records.rectification", told.Kind(_("限期整改"), title="number"))
told.register("records.recordresponsibility", told.Kind(_("责任人员")))
told.register("records.accountabilitycase", told.Kind(_("责任追究"), title="number"))
told.register("records.mitigationclaim", told.Kind(_("从轻免于惩戒申请"), title="number"))
told.register("records.sanction", told.Kind(_("惩戒措施")))
act_names.register(
    {
        "record.open_draft": _("由其他事项起草"),
        "rectification.order": _("责令限期整改"),
        "rectification.attach": _("上传整改证据"),
        "responsibility.name": _("列明责任人员"),
        "responsibility.sign": _("签署起草个人记录"),
        "accountability.open": _("启动责任追究"),
        "accountability.results": _("逐人提出处理意见"),
        "mitigation.file": _("申请从轻或免于惩戒"),
        "sanction.end": _("惩戒措施到期解除"),
    }
)
