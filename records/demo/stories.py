"""The invented findings of the demo, each with the place in its life where a newcomer will meet it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a story is played."""

    DRAFT = "draft"
    PENDING_REVIEW = "pending_review"
    RETURNED = "returned"
    NOTIFIED = "notified"
    PENDING_APPROVAL = "pending_approval"
    REJECTED = "rejected"
    IN_FORCE = "in_force"  # recognised; public where policy and scan allow
    SHOWN_BY_DECISION = "shown_by_decision"  # minor, shown by the approver's own decision
    MARKED = "marked"  # public, with a running objection
    LITIGATED = "litigated"  # public, the source document is before a court
    WITHDRAWAL_OPEN = "withdrawal_open"  # the first of two signatures is given
    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"


@dataclass(frozen=True)
class Desk:
    """Where a story is filed and by whose hands."""

    department: str
    clerk: str
    reviewer: str


TRANSPORT = Desk("transport", "clerk", "reviewer")
EMERGENCY = Desk("emergency", "clerk-yj", "reviewer-yj")
QINGHE = Desk("qinghe_transport", "clerk-qh", "reviewer-qh")
LEAD = Desk("city_lead", "clerk-fg", "reviewer-fg")


@dataclass(frozen=True)
class Story:
    """One finding: who found what about whom, by which document, how many days ago, and how far it has come."""

    stage: Stage
    desk: Desk
    subject: str
    source: str
    document: str
    number: str
    issuer: str
    facts: str
    basis: tuple[str, ...]
    severity: str
    days_ago: int
    loss: str = "0"
    impact: str = "limited"
    areas: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    heard: bool = True  # the source organ heard the subject already, so no prior notice of ours
    official: str = ""  # account of the official it is about
    discipline: str = ""


REFUSED_BY_PLATFORM = Story(
    Stage.IN_FORCE,
    EMERGENCY,
    "emergency",
    "ADMIN_PENALTY",
    "行政处罚决定书",
    "安统罚〔2026〕9号",
    "安平市统计局",
    "安平市应急管理局2025年度安全生产投入统计年报漏报三个项目，经市统计局检查核实，责令改正并处罚款。该局已补报全部数据。",
    ("GF76", "APL"),
    "general",
    46,
    loss="8000",
    areas=("STATUTORY_DUTY",),
)
NEVER_ANSWERED = Story(
    Stage.IN_FORCE,
    QINGHE,
    "qinghe_transport",
    "ONLINE_APPROVAL_FAIL",
    "网上全流程办理情况通报",
    "安政数〔2026〕14号",
    "安平市人民政府",
    "青禾县交通运输局道路货运车辆年审等六个事项，2026年上半年网上全流程办理率为百分之四十一，低于公布的百分之九十目标，且未说明原因。",
    ("GF76", "YF140"),
    "general",
    38,
    areas=("STATUTORY_DUTY",),
)
STORIES = (
    Story(
        Stage.DRAFT,
        TRANSPORT,
        "terminal",
        "CONTRACT_DEFAULT",
        "民事调解书",
        "（2026）粤4499民终118号",
        "安平市中级人民法院",
        "安平市公路事务中心未按调解书确定的日期向养护单位支付2025年第四季度护栏养护费，经书面催告两次仍未支付。",
        ("F1103",),
        "general",
        2,
        loss="268400.00",
        areas=("PROJECT",),
    ),
    Story(
        Stage.PENDING_REVIEW,
        TRANSPORT,
        "transport",
        "ARREARS",
        "民事判决书",
        "（2026）粤4499民终236号",
        "安平市中级人民法院",
        "安平市交通运输局2023年10月与施工单位签订农村公路养护合同，工程于2024年11月交付使用，合同约定交付后六十日内付清，"
        "经施工单位2025年3月、9月两次书面催告仍未付清。判决生效后，应于判决确定的期限内给付。",
        ("F1103", "SME25"),
        "general",
        5,
        loss="1268400.00",
        areas=("PROJECT",),
    ),
    Story(
        Stage.RETURNED,
        TRANSPORT,
        "transport",
        "ADMIN_PENALTY",
        "行政处罚决定书",
        "安环罚〔2026〕31号",
        "安平市人民政府",
        "安平市交通运输局城东停车场改造工地未采取扬尘防治措施，被责令改正并处罚款，已按期缴纳罚款并完成整改。",
        ("GF76", "APL"),
        "minor",
        6,
        loss="20000.00",
    ),
    Story(
        Stage.NOTIFIED,
        LEAD,
        "resources",
        "CONTRACT_DEFAULT",
        "违约失信核查结论",
        "安发改信〔2026〕22号",
        "安平市发展和改革委员会",
        "安平市自然资源局在东林工业园二期土地出让合同中约定2026年3月底前净地交付，至6月底仍有两户未完成迁移，未能按约交地，也未提出依法变更。",
        ("F1103",),
        "general",
        7,
        loss="530000.00",
        areas=("PUBLIC_RESOURCE_LAND", "INVESTMENT"),
        heard=False,
    ),
    Story(
        Stage.PENDING_APPROVAL,
        EMERGENCY,
        "qinghe_emergency",
        "ACCOUNTABILITY",
        "问责决定书",
        "安政督〔2026〕8号",
        "安平市人民政府",
        "青禾县应急管理局对两处地质灾害隐患点汛期值守安排落实不到位，被上级责令书面检查并限期补齐值守人员。",
        ("GF76",),
        "general",
        6,
        areas=("STATUTORY_DUTY",),
    ),
    Story(
        Stage.REJECTED,
        EMERGENCY,
        "emergency",
        "BROKEN_COMMITMENT",
        "承诺事项核查意见",
        "安政督〔2026〕5号",
        "安平市人民政府",
        "安平市应急管理局承诺2026年8月底前开通企业安全培训线上预约，经核查系统于8月29日开通，群众反映的打不开页面系个别浏览器兼容问题。",
        ("GF76",),
        "minor",
        60,
    ),
    Story(
        Stage.IN_FORCE,
        LEAD,
        "housing",
        "ARREARS",
        "民事判决书",
        "（2026）粤4499民初3071号",
        "安平市人民法院",
        "安平市住房和城乡建设局未按合同支付老旧小区加装电梯补贴审计服务费，判决确定的履行期届满后仍有余款未付，联系人电话13800001234要求再缓三个月。",
        ("F1103", "SME25"),
        "general",
        20,
        loss="96000.00",
        areas=("PROCUREMENT",),
    ),
    Story(
        Stage.IN_FORCE,
        TRANSPORT,
        "transport",
        "BROKEN_COMMITMENT",
        "承诺事项核查结论",
        "安政督〔2026〕11号",
        "安平市人民政府",
        "安平市交通运输局于2025年3月12日公开承诺，在2026年6月30日前完成城东客运站无障碍改造，改造内容为候车厅坡道、盲道和低位售票窗口三项。"
        "经查，截至承诺期限仅完成坡道一项；经责令限期整改，期满仍有低位售票窗口未完成。该局在陈述中提出施工单位变更，未提交依法变更承诺的批准文件。",
        ("GF76", "YF140"),
        "general",
        90,
        areas=("POLICY", "PROJECT"),
        sanctions=("RECTIFY_ORDER", "UNIT_AWARD_RESTRICT"),
    ),
    Story(
        Stage.IN_FORCE,
        LEAD,
        "resources",
        "COURT_JUDGMENT",
        "行政判决书",
        "（2026）粤4499行终52号",
        "安平市中级人民法院",
        "安平市自然资源局逾期不履行生效判决确定的重新作出土地确权决定的义务，经法院两次督促仍未作出，造成当事人承包经营长期不能确定。",
        ("GF76", "GBF49"),
        "serious",
        120,
        loss="1530000.00",
        impact="wide",
        areas=("STATUTORY_DUTY",),
        sanctions=("RECTIFY_ORDER", "FISCAL_RESTRICT"),
    ),
    Story(
        Stage.IN_FORCE,
        QINGHE,
        "liuhe",
        "ARREARS",
        "民事判决书",
        "（2026）粤4499民终77号",
        "安平市中级人民法院",
        "柳河镇人民政府拖欠圩镇农贸市场改造工程余款，判决生效后未在确定的期限内给付，经申请执行后分两期支付，尚有一期未付。",
        ("F1103", "SME25"),
        "general",
        75,
        loss="418000.00",
        areas=("GRASSROOTS", "PROJECT"),
    ),
    Story(
        Stage.IN_FORCE,
        EMERGENCY,
        "qinghe_emergency",
        "ADMIN_PENALTY",
        "行政处罚决定书",
        "安财罚〔2026〕6号",
        "安平市人民政府",
        "青禾县应急管理局在应急物资采购中未按规定公开采购结果，被责令改正并给予处罚，已补公开全部采购文件。",
        ("GF76", "APL"),
        "general",
        150,
        loss="30000.00",
        areas=("PROCUREMENT",),
    ),
    Story(
        Stage.IN_FORCE,
        LEAD,
        "east_transport",
        "CONTRACT_DEFAULT",
        "违约失信核查结论",
        "安发改信〔2026〕9号",
        "安平市发展和改革委员会",
        "东林区交通运输局与公交运营企业签订的购买服务合同约定按季结算，2026年第一、二季度均逾期结算超过六十日，理由为内部付款流程调整。",
        ("F1103", "SME25"),
        "general",
        100,
        loss="772000.00",
        areas=("PROCUREMENT",),
    ),
    Story(
        Stage.IN_FORCE,
        LEAD,
        "yunxi_transport",
        "PROJECT_DEFAULT",
        "项目履约核查结论",
        "安发改信〔2026〕12号",
        "安平市发展和改革委员会",
        "云溪县交通运输局在客运中心建设项目中未按合作协议提供进场道路，项目停工四个月，合作方多次函告未获答复。",
        ("F1103",),
        "serious",
        135,
        loss="2150000.00",
        impact="wide",
        areas=("PROJECT", "PPP"),
        sanctions=("RECTIFY_ORDER",),
    ),
    Story(
        Stage.MARKED,
        TRANSPORT,
        "terminal",
        "CONTRACT_DEFAULT",
        "民事判决书",
        "（2026）粤4499民终41号",
        "安平市中级人民法院",
        "安平市公路事务中心未按合同约定期限支付2025年度路面养护材料款，判决确定的给付期限届满后仍未付清。",
        ("F1103", "SME25"),
        "general",
        64,
        loss="905300.00",
        areas=("PROJECT",),
    ),
    Story(
        Stage.LITIGATED,
        EMERGENCY,
        "emergency",
        "ADMIN_PENALTY",
        "行政处罚决定书",
        "安审罚〔2026〕3号",
        "安平市人民政府",
        "安平市应急管理局会议培训费用列支不规范，被责令改正并处罚款。该局对处罚决定提起行政诉讼，案件正在审理。",
        ("GF76", "APL"),
        "general",
        55,
        loss="16000.00",
    ),
    Story(
        Stage.WITHDRAWAL_OPEN,
        TRANSPORT,
        "east_transport",
        "ADMIN_PENALTY",
        "行政处罚决定书",
        "安环罚〔2026〕18号",
        "安平市人民政府",
        "东林区交通运输局河堤道路工程弃土堆放不当，被责令清运并处罚款。处罚机关已来函说明将复查处罚依据。",
        ("GF76", "APL"),
        "general",
        52,
        loss="12000.00",
    ),
    Story(
        Stage.WITHDRAWN,
        LEAD,
        "veterans",
        "ONLINE_APPROVAL_FAIL",
        "网上全流程办理情况通报",
        "安政数〔2026〕6号",
        "安平市人民政府",
        "安平市退役军人事务局优待证补办事项网上全流程办理率低于公布目标。后经核实，统计口径有误，实际办理率已达到目标。",
        ("GF76", "YF140"),
        "general",
        80,
    ),
    Story(
        Stage.REPAIRED,
        LEAD,
        "housing",
        "BROKEN_COMMITMENT",
        "承诺事项核查结论",
        "安政督〔2026〕2号",
        "安平市人民政府",
        "安平市住房和城乡建设局承诺2026年3月底前办结三个小区不动产登记历史遗留问题，逾期四个月办结，已向业主说明并补正。",
        ("GF76", "YF140"),
        "general",
        170,
        areas=("POLICY",),
    ),
    Story(
        Stage.IN_FORCE,
        LEAD,
        "qinghe_resources",
        "ADMIN_PENALTY",
        "行政处罚决定书（简易程序）",
        "安林罚〔2026〕27号",
        "安平市人民政府",
        "青禾县自然资源局一处苗圃未按规定设置防火警示牌，被当场警告，当日已设置。",
        ("GF76", "APL"),
        "minor",
        30,
    ),
    Story(
        Stage.IN_FORCE,
        LEAD,
        "transport",
        "GOV_SANCTION",
        "政务处分决定书",
        "安监处〔2026〕4号",
        "安平市人民政府",
        "在道路养护工程款支付审批中未按规定期限办理，造成拖欠，给予记过处分。",
        ("GSL",),
        "general",
        40,
        official="head",
        discipline="DEMERIT",
    ),
)
LAST_DAY_TOMORROW = Story(
    Stage.SHOWN_BY_DECISION,
    TRANSPORT,
    "transport",
    "ADMIN_PENALTY",
    "行政处罚决定书",
    "安消罚〔2026〕40号",
    "安平市人民政府",
    "安平市交通运输局办公楼疏散通道堆放杂物，被责令改正并警告，当场改正。因群众多次反映，依认定决定予以公示。",
    ("GF76", "APL"),
    "minor",
    0,
)
SHOWN_UNTIL_THE_END = Story(
    Stage.SHOWN_BY_DECISION,
    EMERGENCY,
    "emergency",
    "ADMIN_PENALTY",
    "行政处罚决定书",
    "安消罚〔2026〕12号",
    "安平市人民政府",
    "安平市应急管理局物资仓库灭火器未按期检验，被责令改正并警告，三日内完成更换。因涉及公共安全，依认定决定予以公示。",
    ("GF76", "APL"),
    "minor",
    110,
)
