"""The units whose records are public here: the tree, and a page for each."""

from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from disclosure import reading
from disclosure.models import PublicDepartment, PublicDepartmentCode, PublicDepartmentName
from disclosure.search import codes, listing
from disclosure.search.criteria import LONGEST_QUERY, PROMISES, RECORDS, Criteria
from disclosure.web import rendering, shown
from rules import clock

MOST = 60
MOST_LISTED = 20
LEVELS = {
    "PROVINCE": gettext_lazy("省级"),
    "CITY": gettext_lazy("市级"),
    "COUNTY": gettext_lazy("县级"),
    "TOWN": gettext_lazy("乡级"),
}


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """List the units below the top, or those whose name or code, present or former, fits what is asked for."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    with reading.reader() as alias:
        tag = rendering.tag_of(request, alias)
        if same := rendering.unchanged(request, tag):
            return same
        rows = _named(asked, alias) if asked else _upper(alias)
        context = {
            "current": "departments",
            "asked": asked,
            "groups": _grouped(rows),
            "is_cut": len(rows) >= MOST,
            "steps": [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("部门")}],
        }
        return rendering.page(request, "public/departments.html", context, alias=alias, tag=tag, robots="noarchive")


@require_safe
def department(request: HttpRequest, uscc: str) -> HttpResponse:
    """Show one unit: its records now public, the units below it, and the names it bore."""
    today = clock.local_day(clock.now())
    with reading.reader() as alias:
        unit = PublicDepartment.objects.using(alias).filter(uscc=uscc).first()
        if unit is None:
            return _moved(uscc, alias)
        tag = rendering.tag_of(request, alias)
        if same := rendering.unchanged(request, tag):
            return same
        context = _context(unit, today, alias)
        return rendering.page(request, "public/department.html", context, alias=alias, tag=tag, robots="noarchive")


def _moved(uscc: str, alias: str) -> HttpResponse:
    """The way to the page of the unit that bore this code until it was corrected."""
    row = PublicDepartmentCode.objects.using(alias).filter(code=uscc).first()
    if row is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("public:department", args=[row.present]))


def _upper(alias: str) -> list[PublicDepartment]:
    """The top of the tree and what stands directly below it."""
    living = PublicDepartment.objects.using(alias).filter(valid_to=None)
    tops = list(living.filter(parent_id=None).order_by("id")[:MOST])
    below = living.filter(parent_id__in=[top.id for top in tops]).order_by("id")[:MOST]
    return [*tops, *below]


def _named(asked: str, alias: str) -> list[PublicDepartment]:
    named = PublicDepartmentName.objects.using(alias).filter(name__contains=asked).values("department_id")
    coded = PublicDepartmentCode.objects.using(alias).filter(code=asked.upper()).values("department_id")
    fits = Q(id__in=named) | Q(uscc=asked.upper()) | Q(id__in=coded)
    return list(PublicDepartment.objects.using(alias).filter(fits).order_by("path")[:MOST])


def _grouped(rows: list[PublicDepartment]) -> list[dict[str, Any]]:
    groups = ((label, [row for row in rows if row.level == level]) for level, label in LEVELS.items())
    return [{"title": label, "rows": found} for label, found in groups if found]


def _context(unit: PublicDepartment, today: date, alias: str) -> dict[str, Any]:
    trail = _ancestors(unit, alias)
    whole = Criteria(kind=RECORDS, department=unit.uscc)
    known = codes.former(alias)
    borne = codes.borne(unit.uscc, known)
    tally = listing.tally(whole, today=today, alias=alias, known=known)
    own, promises = _own(borne, today, alias, kind=RECORDS), _own(borne, today, alias, kind=PROMISES)
    counts = tally.parts.get("department", {})
    names = PublicDepartmentName.objects.using(alias).filter(department_id=unit.id).order_by("-valid_from")
    search = f"{reverse('public:search')}?department={unit.uscc}"
    below = PublicDepartment.objects.using(alias).filter(parent_id=unit.id, valid_to=None).order_by("id")[:MOST]
    return {
        "current": "departments",
        "unit": unit,
        "level": LEVELS.get(unit.level, unit.level),
        "superior": trail[-1] if trail else None,
        "steps": [
            {"label": _("首页"), "url": reverse("public:home")},
            {"label": _("部门"), "url": reverse("public:departments")},
            *({"label": each.name, "url": reverse("public:department", args=[each.uscc])} for each in trail),
            {"label": unit.name},
        ],
        "figures": _figures(tally, own, search),
        "items": shown.items([row[1] for row in own[:MOST_LISTED]], today=today),
        "own_more": len(own) > MOST_LISTED,
        "promises": shown.items([row[1] for row in promises[:MOST_LISTED]], today=today),
        "promises_more": len(promises) > MOST_LISTED,
        "promises_url": f"{search}&kind={PROMISES}",
        "search": search,
        "below": [(row, codes.counted(counts, row.uscc, known)) for row in below],
        "is_exact": tally.is_exact,
        "former": [name for name in names if name.valid_to],
        "former_codes": borne[1:],
    }


def _ancestors(unit: PublicDepartment, alias: str) -> list[PublicDepartment]:
    above = [int(key) for key in unit.path.strip("/").split("/")[:-1] if key]
    return list(PublicDepartment.objects.using(alias).filter(id__in=above).order_by("path"))


def _own(borne: tuple[str, ...], today: date, alias: str, *, kind: str) -> list[tuple[str, str]]:
    """The unit's own records or promises, without those of the units below it; one code goes along the index as it stands."""
    fits, code = ("= %s", borne[0]) if len(borne) == 1 else ("= ANY(%s)", list(borne))
    with connections[alias].cursor() as cursor:
        cursor.execute(
            f"SELECT severity, body FROM disclosure_shown WHERE department_uscc {fits} AND kind = %s"  # noqa: S608
            " AND visible_from <= %s AND visible_until >= %s ORDER BY visible_from DESC, id DESC LIMIT %s",
            [code, kind, today, today, MOST_LISTED + 1],
        )
        return list(cursor.fetchall())


def _figures(tally: listing.Tally, own: list[tuple[str, str]], search: str) -> list[dict[str, Any]]:
    severity = tally.parts.get("severity", {})
    status = tally.parts.get("status", {})
    exact = tally.is_exact
    whole = shown.count_words(tally.count, exact)
    figures: list[dict[str, Any]] = [
        {
            "label": _("本单位公示中的失信记录"),
            "value": shown.count_words(min(len(own), MOST_LISTED), len(own) <= MOST_LISTED),
            "url": "#rec",
            "note": _("不含下级单位"),
        },
        {"label": _("连同下级单位"), "value": whole, "url": search, "note": _("一般、严重和决定公示的轻微失信")},
    ]
    if exact:
        serious, marked = severity.get("serious", 0), status.get("marked", 0)
        of_all = _("共 %(n)s 条中") % {"n": whole}
        figures += [
            {"label": _("其中严重失信"), "value": serious, "url": f"{search}&severity=serious", "note": of_all},
            {"label": _("异议处理中"), "value": marked, "url": f"{search}&status=marked", "note": of_all},
        ]
    return figures
