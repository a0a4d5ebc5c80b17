"""The page of one public document, and the page that is left when it has ended."""

from datetime import date
from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import wording
from disclosure import canonical, reading
from disclosure.models.document import PublicText
from disclosure.search.criteria import NOTICES, PROMISES
from disclosure.web import ends, rendering, shown, verifying
from rules import clock

NEEDED = ("id", "version", "kind", "severity", "is_person", "visible_until", "body")
TEMPLATES = {PROMISES: "public/promise.html", NOTICES: "public/correction_notice.html"}
INDEXED = ("general", "serious")  # records of units in these classes; nothing about a person, ever


@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Show the document, why it is shown and until when; 410 when it has ended, 404 when it never was."""
    today = clock.local_day(clock.now())
    with reading.reader() as alias:
        tag = rendering.tag_of(request, alias)
        # Printed in this state of the log, so it is public in this state: no need to look for the row.
        if "HTTP_IF_NONE_MATCH" not in request.META and (kept := rendering.printed(tag)):
            return kept
        row = reading.visible(on=today).filter(pk=document_id).only(*NEEDED).first()
        if row is None:
            return _absent(request, document_id, today, alias)
        if same := rendering.unchanged(request, tag):
            return same
        context = _context(request, row, today)
        template = TEMPLATES.get(row.kind, "public/document.html")
        return rendering.page(request, template, context, alias=alias, tag=tag, robots=robots_of(row))


def robots_of(row: PublicText) -> str:
    """This will say what a search engine may do: units by class and until the last day, persons never."""
    if row.is_person or (row.severity not in INDEXED and row.kind not in (PROMISES, NOTICES)):
        return rendering.NOINDEX
    return f"noarchive, unavailable_after: {row.visible_until.isoformat()}T23:59:59+08:00"


def _absent(request: HttpRequest, document_id: UUID, today: date, alias: str) -> HttpResponse:
    ended = reading.ended(document_id, on=today)
    if ended is None:
        raise Http404
    context = {
        "current": "verify",
        "ended": ended,
        "why": ends.NAMES[ended.kind],
        "explained": ends.EXPLAINED[ended.kind],
        "is_suspended": ended.kind == ends.SUSPENDED,
    }
    return rendering.page(request, "public/ended.html", context, alias=alias, status=410, robots=rendering.NOINDEX)


def _context(request: HttpRequest, row: PublicText, today: date) -> dict[str, Any]:
    item = shown.Item(canonical.decode(row.body), today=today)
    why = item.content["why"]
    repair_from = _day(why.get("repair_from", ""))
    code = verifying.code_of(row.pk, row.version)
    return {
        "current": "search",
        "item": item,
        "content": item.content,
        "steps": [
            {"label": _("首页"), "url": reverse("public:home")},
            _list_of(row),
            {"label": item.content["number"] or _("公示文书")},
        ],
        "timeline": _timeline(item, repair_from, today),
        "span": _span(item, repair_from),
        "repair_from": repair_from,
        "is_repairable": bool(repair_from and repair_from <= today),
        "objected_since": _day(item.content["objected_since"]),
        "ends_earlier": _listed(why.get("ends_earlier", "")),
        "code": code,
        "qr": _qr(request.build_absolute_uri(f"{reverse('public:verify')}?code={code}")),
        "corrections": [
            {"day": _day(each["day"]), "what": each["what"]} for each in reversed(item.content["corrections"])
        ],
    }


def _list_of(row: PublicText) -> dict[str, Any]:
    base = reverse("public:search")
    if row.kind == PROMISES:
        return {"label": _("承诺"), "url": f"{base}?kind={PROMISES}"}
    if row.kind == NOTICES:
        return {"label": _("更正公告"), "url": f"{base}?kind={NOTICES}"}
    return {"label": _("公示查询"), "url": base}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _listed(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "；".join(value)


def _timeline(item: shown.Item, repair_from: date | None, today: date) -> list[dict[str, str]]:
    """What happened, as told, and what is still to come: the day repair opens, and the last day."""
    events = [
        _event(_day(each["day"]), each["title"], each.get("note", ""), today)
        for each in item.content["fields"].get("history", [])
    ]
    since = _day(item.content["objected_since"])
    if since:
        events.append(
            _event(since, _("异议受理，已标注"), _("由未参与认定的人员核查，处理期间继续公示。"), today, phase="now")
        )
    told = {event["iso"] for event in events}
    if repair_from and repair_from > today and repair_from.isoformat() not in told:
        events.append(_event(repair_from, _("可以申请信用修复"), _("整改到位后由被记录单位申请。"), today))
    if item.visible_until.isoformat() not in told:
        events.append(_event(item.visible_until, _("公示最后一天"), _("当日 24 时自动撤下。"), today))
    return sorted(events, key=lambda event: event["iso"])


def _event(day: date | None, title: str, text: str, today: date, phase: str = "") -> dict[str, str]:
    future = "future" if day and day > today else "past"
    return {
        "phase": phase or future,
        "when": wording.day(day),
        "iso": day.isoformat() if day else "",
        "title": title,
        "text": text,
    }


def _span(item: shown.Item, repair_from: date | None) -> dict[str, str]:
    """The bar from the first to the last day: how far today is, and where repair opens."""
    whole = max((item.visible_until - item.visible_from).days, 1)
    gone = (item.today - item.visible_from).days / whole * 100
    inside = repair_from and item.visible_from < repair_from < item.visible_until
    opens = (repair_from - item.visible_from).days / whole * 100 if inside and repair_from else 0
    return {
        "gone": f"{gone:.1f}",
        "anchor": "start" if gone < 80 else "end",
        "repair": f"{opens:.1f}" if opens and abs(opens - gone) > 18 and opens < 75 else "",
        "repair_tick": f"{opens:.1f}" if opens else "",
    }


def _qr(address: str) -> SafeString:
    """The verifying address for paper; drawn here, so that no service learns who prints what."""
    # A given mask is as readable as the best one and spares drawing all eight to compare them.
    drawn: str = segno.make(address, error="m", mask=2).svg_inline(
        scale=3, border=2, svgclass="qr", lineclass=None, omitsize=False
    )
    return mark_safe(drawn)  # noqa: S308  segno draws squares; the address is encoded in them, not printed
