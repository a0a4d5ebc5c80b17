"""Reasons that never excuse a broken promise: found in the words of a request, by the code list ``refused_excuse``."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from rules import codes
from rules.models import Code

LEAST_BESIDES = 10  # Han characters that must remain once the excuses are taken out
HAN = re.compile(r"[\u4e00-\u9fff]")


def named(text: str, *, on: date) -> list[Code]:
    """Return the excuses whose words stand in the text, in the order of the list."""
    return [entry for entry in codes.current("refused_excuse", on) if _words(entry, text)]


def _words(entry: Code, text: str) -> list[str]:
    return [word for word in entry.facts.get("words", []) if word in text]


def refuse_alone(text: str, *, on: date) -> list[str]:
    """
    Return the codes of the excuses named beside a real reason.

    :raises Invalid: an excuse is all there is (广东省优化营商环境条例 art. 26; 发改财金〔2023〕1103号)
    """
    found = named(text, on=on)
    rest = text
    for entry in found:
        for word in sorted(_words(entry, text), key=len, reverse=True):
            rest = rest.replace(word, "")
    if found and len(HAN.findall(rest)) < LEAST_BESIDES:
        raise Invalid(
            _(
                "“%(excuse)s”不能作为变更承诺的理由：只有国家利益、公共利益需要，才能依照法定权限和程序变更，"
                "并给予公平、合理、及时的补偿（%(source)s）"
            )
            % {"excuse": found[0].label, "source": found[0].source},
            field="reason",
        )
    return [entry.code for entry in found]
