"""Query parameters: only known ones are read, an unknown one is refused with the nearest known, sizes are bounded."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _

from accounts.paging import BadParameter
from ledger.refusals import Invalid


class UnknownParameter(Invalid):
    """A query parameter nobody reads: a typing error would otherwise give a wrong list without a word."""

    status = 400
    code = "unknown_parameter"
    nearest: str | None = None


def refuse_unknown(given: Mapping[str, str], known: Collection[str]) -> None:
    """Refuse the first parameter that is not known, and name the nearest that is.

    :raises UnknownParameter: with status 400.
    """
    for name in given:
        if name in known:
            continue
        near = get_close_matches(name, known, n=1, cutoff=0.4)
        hint = _("，您要的可能是 %(near)s") % {"near": near[0]} if near else ""
        fault = UnknownParameter(_("没有参数 %(name)s") % {"name": name[:40]} + hint, field=name[:40])
        fault.nearest = near[0] if near else None
        raise fault


def limit_of(given: Mapping[str, str], *, usual: int = 50, most: int = 500) -> int:
    """Return `limit` as a number from 1 to `most`.

    :raises BadParameter: where it is anything else.
    """
    text = given.get("limit", str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= most):
        raise BadParameter(_("limit 应为 1 至 %(most)d 的整数") % {"most": most}, field="limit")
    return int(text)
