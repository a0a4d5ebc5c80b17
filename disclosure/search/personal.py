"""Recognise a query that asks for a person by number, so that it can be answered like any other miss."""

import re
import unicodedata

SEPARATORS = re.compile(r"[\s\-_.·•,，、]+")
IDENTITY = re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
OLD_IDENTITY = re.compile(r"(?<!\d)\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)")


def looks_personal(query: str) -> bool:
    """This will say whether the query holds an 18- or 15-digit identity number or a mobile number, however it is spaced."""
    tight = SEPARATORS.sub("", unicodedata.normalize("NFKC", query))
    return any(pattern.search(tight) for pattern in (IDENTITY, OLD_IDENTITY, PHONE))
