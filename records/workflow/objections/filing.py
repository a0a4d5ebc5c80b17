"""What an applicant writes: the statement as typed, and the columns it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from records.models import Outcome
from records.workflow import writing
from records.workflow.objections.guards import GROUNDS
from rules import codes

FACTS_LIMIT, FACTS_LEAST = 5000, 10  # characters
WANTED = (Outcome.CORRECT.value, Outcome.REVOKE.value, Outcome.STOP.value)


@dataclass(frozen=True)
class Statement:
    """An objection as typed in; the draft may leave gaps, the submission may not."""

    ground: str = ""
    facts: str = ""
    wanted: str = ""
    is_against_source: bool = False


def wanted_words() -> list[tuple[str, str]]:
    """Return what may be asked for, as choices of a form."""
    words = {
        Outcome.CORRECT.value: _("更正记录"),
        Outcome.REVOKE.value: _("撤销记录"),
        Outcome.STOP.value: _("停止公示"),
    }
    return [(code, words[code]) for code in WANTED]


def columns(statement: Statement) -> dict[str, Any]:
    """
    Return the clean columns of a statement.

    :raises Invalid: a field is not acceptable; nothing is missing yet for a draft
    """
    facts = writing.clean(statement.facts, field="facts", label=_("事实和理由"), limit=FACTS_LIMIT, lines=True)
    if facts and len(facts) < FACTS_LEAST:
        facts = writing.required(facts, field="facts", label=_("事实和理由"), limit=FACTS_LIMIT, least=FACTS_LEAST)
    known = {"ground": dict(codes.choices(GROUNDS)), "wanted": dict(wanted_words())}
    for name, label in (("ground", _("异议的理由")), ("wanted", _("您的请求"))):
        value = getattr(statement, name)
        if value:
            writing.codes([value], field=name, label=label, known=known[name])
    return {
        "ground": statement.ground,
        "facts": facts,
        "wanted": statement.wanted,
        "is_against_source": statement.is_against_source,
    }
