"""Cursors shown to clients: opaque and authenticated, so that a position can be neither read nor made up."""

from __future__ import annotations

import base64
import binascii
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12
LONGEST = 2000


class BadCursor(ValueError):
    """The cursor was not given out by this portal for this list."""


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, None, b"ledger cursor").derive(secret.encode()))


def seal_cursor(kind: str, payload: dict[str, Any]) -> str:
    """Give an opaque token for a place in a list of this kind."""
    nonce = os.urandom(NONCE)
    text = _cipher(settings.SECRET_KEY).encrypt(nonce, json.dumps(payload).encode(), kind.encode())
    return base64.urlsafe_b64encode(nonce + text).rstrip(b"=").decode()


def open_cursor(kind: str, token: str) -> dict[str, Any]:
    """Give the place a token stands for.

    :raises BadCursor: the token is not ours, or is for another list
    """
    if len(token) > LONGEST:
        raise BadCursor("too long")
    try:
        data = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
        payload = json.loads(_cipher(settings.SECRET_KEY).decrypt(data[:NONCE], data[NONCE:], kind.encode()))
    except (InvalidTag, binascii.Error, ValueError) as broken:
        raise BadCursor("not a cursor of this list") from broken
    if not isinstance(payload, dict):
        raise BadCursor("not a cursor of this list")
    return payload
