"""文号 and 案号: written the one official way, with a warning where the form is unusual (domain 3.8)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

DOCUMENT = re.compile(r"^[\u4e00-\u9fa5A-Za-z]{1,20}〔(19|20)\d{2}〕(第)?\d{1,6}号$", re.ASCII)
COURT = re.compile(
    r"^（(19|20)\d{2}）[\u4e00-\u9fa5]{1,4}\d{0,4}[\u4e00-\u9fa5]{1,5}\d+号(之[一二三四五六七八九十]+)?$", re.ASCII
)
BRACKETED = re.compile(r"[(\[{【〔〖「『《<［｛]\s*((?:19|20)\d{2})\s*[)\]}】〕〗」』》>］｝]")
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}


@dataclass(frozen=True)
class Normalised:
    """A number as shown, as it was typed, and a warning where it fits neither pattern (empty = it fits)."""

    shown: str
    original: str
    warning: str = ""

    @property
    def is_court(self) -> bool:
        """Whether it is a court's case number."""
        return COURT.match(self.shown) is not None


def normalise(text: str) -> Normalised:
    """
    This will write a document number officially: year in 〔〕 (in （） for court cases), half-width digits, no spaces.

    A number that fits neither pattern (such as 国家发展改革委令第36号) is shown as typed without spaces, with a warning;
    it is never refused.
    """
    plain = _compact(unicodedata.normalize("NFKC", text))
    is_case = BRACKETED.match(plain) is not None
    shown = BRACKETED.sub(r"（\1）" if is_case else r"〔\1〕", plain, count=1)
    if COURT.match(shown) if is_case else DOCUMENT.match(shown):
        return Normalised(shown, text)
    return Normalised(
        _compact(text), text, _("文号格式少见，请核对：一般写作“粤府〔2017〕140号”或“（2026）粤1402执123号”")
    )


def _compact(text: str) -> str:
    """Without spaces and without characters nobody can see."""
    return "".join(each for each in text if unicodedata.category(each) not in INVISIBLE)
