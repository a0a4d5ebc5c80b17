"""Mobile numbers of the mainland: eleven digits beginning 13 to 19."""

import re
import unicodedata

from django.utils.translation import gettext as _

from ledger.refusals import Invalid

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015()]")
_SHAPE = re.compile(r"1[3-9][0-9]{9}")


def clean(text: str, *, field: str | None = "phone") -> str:
    """Return the number as eleven digits; this will accept full-width digits, spaces, hyphens and a leading +86.

    :raises Invalid: where it is not a mobile number. The number itself is never part of the message.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    if len(number) == 13 and number.startswith("86"):
        number = number.removeprefix("86")
    if not _SHAPE.fullmatch(number):
        raise Invalid(_("手机号码应为 11 位数字，以 13 至 19 开头"), field=field)
    return number
