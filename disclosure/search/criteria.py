"""What a reader asks for: the filters of the list, read from the address and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from disclosure.search import personal, text
from ledger.refusals import Invalid

RECORDS, PROMISES, NOTICES = "dishonesty", "commitment", "correction_notice"
NAMES = ("kind", "q", "department", "area", "severity", "source_type", "from", "to", "status", "sort")
STATUSES = ("marked", "corrected", "soon")
SORTS = ("newest", "soonest")
LONGEST_QUERY = 100
CODE = re.compile(r"[0-9A-Za-z_.-]{1,60}")
USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
NOTHING = "\ue000\ue000"  # no document holds a private-use character: normalising drops them

Sort = Literal["newest", "soonest"]


@dataclass(frozen=True)
class Criteria:
    """The conditions of one list; ``terms`` are normalised words, all of which must occur."""

    kind: str = ""
    q: str = ""
    terms: tuple[str, ...] = ()
    department: str = ""
    area: str = ""
    severity: str = ""
    source_type: str = ""
    first: date | None = None
    last: date | None = None
    status: str = ""
    sort: Sort = "newest"
    given: Mapping[str, str] = field(default_factory=dict, compare=False)

    def without(self, name: str) -> "Criteria":
        """This will give the same conditions less one."""
        cleared = {"from": {"first": None}, "to": {"last": None}, "q": {"q": "", "terms": ()}}.get(name, {name: ""})
        return replace(self, **cleared)  # type: ignore[arg-type]


def read(given: Mapping[str, str]) -> Criteria:
    """
    This will read the conditions from the parameters of an address; parameters of other names are the caller's affair.

    A query that looks like an identity or telephone number becomes one that nothing matches, so that it is answered by the
    same steps, in the same time and in the same words as any other miss (scenario 24).

    :raises Invalid: a value is not one that the list knows; ``field`` names it
    """
    kept = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    q = kept.get("q", "")[:LONGEST_QUERY].translate(text.INVISIBLE)
    return Criteria(
        kind=_matching(kept, "kind", CODE),
        q=q,
        terms=_terms(q),
        department=_matching(kept, "department", USCC),
        area=_matching(kept, "area", CODE),
        severity=_one_of(kept, "severity", ("minor", "general", "serious")),
        source_type=_matching(kept, "source_type", CODE),
        first=_day(kept, "from"),
        last=_day(kept, "to"),
        status=_one_of(kept, "status", STATUSES),
        sort=_one_of(kept, "sort", SORTS) or "newest",  # type: ignore[arg-type]
        given=kept,
    )


def _terms(q: str) -> tuple[str, ...]:
    if not q:
        return ()
    if personal.looks_personal(q):
        return (NOTHING,)
    return tuple(text.terms(q)) or (NOTHING,)


def _matching(kept: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
    value = kept.get(name, "")
    if value and not pattern.fullmatch(value):
        raise Invalid(_("参数 %(name)s 的值无法识别。") % {"name": name}, field=name)
    return value


def _one_of(kept: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = kept.get(name, "")
    if value and value not in choices:
        raise Invalid(
            _("参数 %(name)s 只能是 %(choices)s。") % {"name": name, "choices": "、".join(choices)}, field=name
        )
    return value


def _day(kept: Mapping[str, str], name: str) -> date | None:
    value = kept.get(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Invalid(_("参数 %(name)s 应写成 2026-05-11 这样的日期。") % {"name": name}, field=name) from None
