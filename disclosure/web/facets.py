"""The filters beside the list: each value a link, with its count where the count is exact."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosure.models import PublicDepartment
from disclosure.search import codes
from disclosure.search.codes import Former
from disclosure.search.criteria import NOTICES, PROMISES, RECORDS, Criteria
from disclosure.search.listing import Tally

STATUSES = {
    "soon": gettext_lazy("30 天内到期"),
    "marked": gettext_lazy("异议处理中"),
    "corrected": gettext_lazy("内容已更正"),
}
SEVERITIES = ("minor", "general", "serious")
MOST_UNITS = 12


@dataclass(frozen=True)
class Units:
    """The unit chosen, and the ones directly below it that can be chosen next."""

    chosen: PublicDepartment | None
    below: list[PublicDepartment]
    counts: dict[str, int]


def address(wanted: Criteria, **changes: str) -> str:
    """This will give the address of the list with some conditions changed; an empty value takes one off."""
    told = {**wanted.given, **changes}
    kept = {name: value for name, value in told.items() if value and (name, value) != ("sort", "newest")}
    return f"{reverse('public:search')}{'?' if kept else ''}{urlencode(kept)}"


def units(wanted: Criteria, tally: Tally, alias: str, known: Former) -> Units:
    """This will find the units to offer: those below the chosen one, or below the top, that have something to show first."""
    departments = PublicDepartment.objects.using(alias)
    present = codes.borne(wanted.department, known)[0]
    chosen = departments.filter(uscc=present).first() if wanted.department else None
    top = chosen or departments.filter(parent_id=None).order_by("id").first()
    below = list(departments.filter(parent_id=top.id, valid_to=None).order_by("id")[:200]) if top else []
    parts = tally.parts.get("department", {})
    counts = {unit.uscc: codes.counted(parts, unit.uscc, known) for unit in below}
    below.sort(key=lambda unit: -counts[unit.uscc])
    return Units(chosen, below[:MOST_UNITS], counts)


def of(wanted: Criteria, tally: Tally, words: dict[str, dict[str, str]], units: Units) -> list[dict[str, Any]]:
    """This will give the groups of filters in the order of the page."""
    counts = {**tally.parts, "department": units.counts}
    of_records = (
        (_("类型"), "source_type", words["source_type"].items()),
        (_("严重程度"), "severity", [(code, words["severity"].get(code, code)) for code in SEVERITIES]),
    )
    groups = (
        *(of_records if wanted.kind == RECORDS else ()),
        (_("地区和部门"), "department", [(unit.uscc, unit.name) for unit in units.below]),
        (_("重点领域"), "area", words["key_area"].items()),
        *(() if wanted.kind == PROMISES else ((_("公示状态"), "status", STATUSES.items()),)),
    )
    return [
        {"title": title, "values": _values(wanted, name, values, counts.get(name), tally.is_exact)}
        for title, name, values in groups
    ]


def lists(wanted: Criteria) -> list[dict[str, Any]]:
    """This will give the lists one may change to, with the words and the unit asked for kept."""
    kept = {name: value for name, value in wanted.given.items() if name in ("q", "department", "area", "from", "to")}
    base = reverse("public:search")
    told = (
        (RECORDS, _("失信记录"), kept),
        (PROMISES, _("承诺"), {"kind": PROMISES, **kept}),
        (NOTICES, _("更正公告"), {"kind": NOTICES, **kept}),
    )
    return [
        {"label": label, "url": f"{base}{'?' if given else ''}{urlencode(given)}", "is_current": wanted.kind == kind}
        for kind, label, given in told
    ]


def _values(
    wanted: Criteria, name: str, values: Iterable[tuple[str, Any]], counted: dict[str, int] | None, is_exact: bool
) -> list[dict[str, Any]]:
    chosen = getattr(wanted, name)
    listed = []
    for code, label in values:
        is_current = code == chosen
        count = (counted or {}).get(code, 0)
        if name in ("source_type", "area") and is_exact and not count and not is_current and not chosen:
            continue  # a long list of noughts helps nobody
        listed.append(
            {
                "label": label,
                "url": address(wanted, **{name: "" if is_current else code}),
                "count": count if is_exact and (not chosen or is_current) else None,
                "is_current": is_current,
                "is_empty": is_exact and not count and not is_current and not chosen,
            }
        )
    return listed


def conditions(wanted: Criteria, words: dict[str, dict[str, str]], units: Units) -> list[dict[str, str]]:
    """This will give the conditions in force, each with the address that takes it off."""
    named = {
        "q": _("含“%(q)s”") % {"q": wanted.q},
        "department": units.chosen.name if units.chosen else _("代码 %(code)s") % {"code": wanted.department},
        "area": words["key_area"].get(wanted.area, wanted.area),
        "severity": words["severity"].get(wanted.severity, wanted.severity),
        "source_type": words["source_type"].get(wanted.source_type, wanted.source_type),
        "status": str(STATUSES.get(wanted.status, wanted.status)),
        "from": _("%(day)s起公示的") % {"day": wanted.given.get("from", "")},
        "to": _("%(day)s前公示的") % {"day": wanted.given.get("to", "")},
    }
    return [
        {"label": label, "url": address(wanted, **{name: ""})} for name, label in named.items() if name in wanted.given
    ]
