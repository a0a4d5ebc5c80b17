"""Keys of single cases: what is sealed under one opens with nothing else, and each copy of it is locked for one holder."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.suites import seal
from ledger.suites.seal import BadSeal

KEY_BYTES = 32
NONCE = 12


def new() -> bytes:
    """Give a fresh key."""
    return os.urandom(KEY_BYTES)


def wrap(key: bytes, *, case: str, holder: str) -> bytes:
    """Lock a case's key for one holder; it opens for that case and holder only."""
    return seal.seal(key.hex(), table=f"case {case}", column=holder)


def unwrap(wrapped: bytes | memoryview, *, case: str, holder: str) -> bytes:
    """Open what :func:`wrap` gave.

    :raises BadSeal: another case, another holder, an unknown key, or changed bytes
    """
    return bytes.fromhex(seal.unseal(wrapped, table=f"case {case}", column=holder))


def encrypt(key: bytes, content: bytes, *, case: str, purpose: str) -> bytes:
    """Encrypt bytes under a case's key, bound to the case and to what they are for."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, f"{case}|{purpose}".encode())


def decrypt(key: bytes, sealed: bytes | memoryview, *, case: str, purpose: str) -> bytes:
    """Open what :func:`encrypt` gave.

    :raises BadSeal: another key, case or purpose, or changed bytes
    """
    data = bytes(sealed)
    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], f"{case}|{purpose}".encode())
    except (InvalidTag, ValueError) as broken:
        raise BadSeal("not sealed under this case's key, or changed since") from broken
