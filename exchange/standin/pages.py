"""What the stand-in shows people: the records it holds, one record, the last requests and the switches."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from exchange.standin import switches
from exchange.standin.store import Store

Page = tuple[int, str, bytes]
STYLES = {"/theme.css": "portal/theme.css", "/bootstrap.css": "js-lib-bootstrap5/css/bootstrap.min.css"}
STATES = {"live": _("在库"), "withdrawn": _("已撤销"), "repaired": _("已修复"), "expired": _("公示期满")}
TONES = {"live": "shown", "withdrawn": "ended", "repaired": "done", "expired": "ended"}
MODES = {
    "normal": _("正常"),
    "timeout": _("超时：不收，也不答"),
    "error": _("内部错误（500，E099）"),
    "busy": _("繁忙（503，E090）"),
    "reject": _("按字段退回"),
    "lose_answer": _("收下入库，答复丢失"),
    "slow_answer": _("收下入库，很晚才答"),
}
VERDICTS = {"accepted": _("收到，待清洗"), "stored": _("入库"), "rejected": _("退回")}
OPERATIONS = {
    "C": _("新增"), "U": _("修改"), "W": _("撤销"), "R": _("修复"), "E": _("公示期满"), "M": _("异议标注"), "N": _("取消异议标注"),
}  # fmt: skip
PROMISES = {"1": _("履行中"), "2": _("已履行"), "3": _("逾期"), "4": _("未履行"), "5": _("依法变更")}
RESTRICTED = ("SX_RY_XM", "SX_RY_ZJHM", "SX_RY_ZW")
LABELS = {
    "SX_ZT_MC": _("主体名称"), "SX_ZT_DM": _("统一社会信用代码"), "SX_ZT_LB": _("主体类别"), "SX_RY_XM": _("姓名"),
    "SX_RY_ZJLX": _("证件类型"), "SX_RY_ZJHM": _("证件号码"), "SX_RY_ZW": _("职务"), "SX_WSMC": _("文书名称"),
    "SX_WSH": _("文号"), "SX_LYLX": _("失信来源"), "SX_LY": _("重点领域"), "SX_SS": _("失信事实"), "SX_YJ": _("认定依据"),
    "SX_DJ": _("等级"), "SX_SSJE": _("损失金额（万元）"), "SX_SHYX": _("社会影响"), "SX_RDRQ": _("认定日期"),
    "SX_RDJG": _("认定机关"), "SX_RDJGDM": _("认定机关代码"), "SX_CJCS": _("惩戒措施"), "SX_GKBS": _("公开"),
    "SX_GSKSRQ": _("公示开始"), "SX_GSJZQ": _("公示截止"), "SX_ZGZT": _("整改状态"), "SX_XFZT": _("修复状态"),
    "SX_XFRQ": _("修复日期"), "SX_XFWSH": _("修复决定文号"), "SX_YYBZ": _("异议标注"), "SX_CXYY": _("撤销原因"),
    "SX_SJLY": _("来源单位"), "SX_SJLYDM": _("来源单位代码"), "SX_ZRR": _("责任人"), "SX_XZQH": _("行政区域"),
    "CN_ZT_MC": _("承诺单位"), "CN_ZT_DM": _("统一社会信用代码"), "CN_BT": _("承诺标题"), "CN_LX": _("承诺类型"),
    "CN_LY": _("重点领域"), "CN_NR": _("承诺内容"), "CN_DX": _("承诺对象"), "CN_HLBZ": _("可衡量的标准"), "CN_KSRQ": _("开始日期"),
    "CN_JZRQ": _("截止日期"), "CN_LXZT": _("履行状态"), "CN_LXRQ": _("履行日期"), "CN_ZM": _("履行证明"), "CN_YQBZ": _("逾期"),
    "CN_PF": _("得分"), "CN_BGYY": _("变更理由"), "CN_GKFS": _("公开方式"), "CN_SJLY": _("来源单位"), "CN_SJLYDM": _("来源单位代码"),
    "CN_ZRR": _("责任人"), "CN_XZQH": _("行政区域"), "CN_SJC": _("更新时间"), "CN_PC": _("批次"), "CN_CZLX": _("操作类型"),
    "CN_VER": _("版本"), "CN_ID": _("承诺标识"), "SX_SJC": _("更新时间"), "SX_PC": _("批次"), "SX_CZLX": _("操作类型"), "SX_VER": _("版本"), "SX_ID": _("记录标识"),
}  # fmt: skip


def page(store: Store, path: str, query: dict[str, str]) -> Page:
    """Give status, kind and content for an address."""
    if path in STYLES:
        found = finders.find(STYLES[path])
        if found:
            with open(str(found), "rb") as file:
                return 200, "text/css", file.read()
        return 404, "text/plain", b""
    if path == "/":
        return _html(200, "standin/list.html", _listing(store, query))
    if path.startswith("/records/"):
        return _record(store, path.removeprefix("/records/").strip("/"))
    return _html(404, "standin/missing.html", {})


def _listing(store: Store, query: dict[str, str]) -> dict[str, Any]:
    rows = store.rows("SELECT * FROM records ORDER BY changed_at DESC, subject LIMIT 200")
    wanted = query.get("q", "").strip()
    records = [_shown(row) for row in rows]
    if wanted:
        records = [row for row in records if wanted in row["search"]]
    counts = store.row("SELECT count(*) AS held, sum(state = 'live') AS live FROM records") or {}
    return {
        "records": records,
        "q": wanted,
        "held": counts.get("held") or 0,
        "live": counts.get("live") or 0,
        "messages": _told(store.rows("SELECT * FROM messages ORDER BY seq DESC LIMIT 20")),
        "switches": switches.read(store),
        "modes": MODES,
        "mode": MODES[switches.read(store).mode],
        "heads": (store.row("SELECT count(*) AS n FROM heads") or {"n": 0})["n"],
    }


def _record(store: Store, subject: str) -> Page:
    row = store.row("SELECT * FROM records WHERE subject = ?", subject)
    if row is None:
        return _html(404, "standin/missing.html", {"subject": subject})
    content = json.loads(row["content"])
    names = [name for name in LABELS if name in content] + sorted(content.keys() - LABELS.keys())
    facts = [(name, LABELS.get(name, name), _masked(name, content[name])) for name in names]
    history = store.rows("SELECT * FROM messages WHERE subject = ? ORDER BY seq", subject)
    return _html(200, "standin/record.html", {"record": _shown(row), "facts": facts, "history": _told(history)})


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    content = json.loads(row["content"])
    name = content.get("SX_ZT_MC") or content.get("CN_ZT_MC", "")
    title = content.get("SX_WSMC") or content.get("CN_BT", "")
    shown = {**row, "word": STATES[row["state"]], "tone": TONES[row["state"]], "name": name, "title": title}
    shown["search"] = " ".join((row["subject"], name, title, content.get("SX_WSH", "")))
    shown["until"] = content.get("SX_GSJZQ") or content.get("CN_JZRQ", "")
    shown["changed_at"] = row["changed_at"][:19].replace("T", " ")
    shown["is_marked"] = content.get("SX_YYBZ") == "1"
    return shown


def _told(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **message,
            "said": VERDICTS.get(message["verdict"], message["verdict"]),
            "did": OPERATIONS.get(message["operation"], message["operation"]),
            "at": message["received_at"][:19].replace("T", " "),
        }
        for message in messages
    ]


def _masked(name: str, value: str) -> str:
    if name == "CN_LXZT":
        return f"{value} {PROMISES.get(value, '')}"
    return value[:1] + "*" * (len(value) - 1) if name in RESTRICTED else value


def _html(status: int, template: str, context: dict[str, Any]) -> Page:
    return status, "text/html; charset=utf-8", render_to_string(template, context).encode()
