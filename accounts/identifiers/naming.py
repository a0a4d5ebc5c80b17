"""Names of persons and departments as typed: kept as written, refused where they hold characters nobody can see."""

import unicodedata

from django.utils.translation import gettext as _

from ledger.refusals import Invalid

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def clean(text: str, *, label: str, longest: int, field: str | None = "name") -> str:
    """Return the text without spaces around it; `label` names the item in the message, `longest` is in characters.

    :raises Invalid: where it is empty, too long, or holds control, zero-width, bidirectional or private-use characters.
    """
    name = text.strip()
    if not name:
        raise Invalid(_("请填写%(label)s") % {"label": label}, field=field)
    if len(name) > longest:
        raise Invalid(_("%(label)s最多 %(longest)d 个字") % {"label": label, "longest": longest}, field=field)
    for place, char in enumerate(name, start=1):
        if unicodedata.category(char) in _INVISIBLE:
            raise Invalid(
                _("%(label)s第 %(place)d 个字符是看不见的字符（U+%(code)s），请重新输入")
                % {"label": label, "place": place, "code": f"{ord(char):04X}"},
                field=field,
            )
    return name
