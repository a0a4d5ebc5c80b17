"""Seals: a field's value as ciphertext bound to its table and column, and a keyed look-up that finds it without opening it.

Layout of a sealed value: one byte 0x01, one byte with the length of the key id, the key id, 12 bytes of nonce, AES-256-GCM text.
``SEAL_KEYS`` lists ``id:hex32``; the first seals, all of them open, so a key is rotated by putting a new one in front.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = 0x01
NONCE = 12


class BadSeal(Exception):
    """The bytes were not sealed for this table and column with a key we hold, or were changed since."""


@lru_cache(maxsize=8)
def _keys(listed: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in listed:
        name, _, text = entry.partition(":")
        keys[name] = _key_of(text, setting="SEAL_KEYS")
        if not 0 < len(name.encode()) < 256:
            raise ImproperlyConfigured("SEAL_KEYS：每个密钥须写成“编号:64 位十六进制”，编号不能为空。")
    if not keys:
        raise ImproperlyConfigured("SEAL_KEYS：至少要有一个密钥，写法见 .env.example。")
    return keys


@lru_cache(maxsize=8)
def _key_of(text: str, *, setting: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError as broken:
        raise ImproperlyConfigured(f"{setting}：密钥须是 64 位十六进制，写法见 .env.example。") from broken
    if len(key) != 32:
        raise ImproperlyConfigured(f"{setting}：密钥须是 32 字节（64 位十六进制），现有 {len(key)} 字节。")
    return key


def seal(value: str, *, table: str, column: str) -> bytes:
    """Encrypt a text for one column of one table; it can be opened nowhere else."""
    keys = _keys(tuple(settings.SEAL_KEYS))
    name = next(iter(keys))
    nonce = os.urandom(NONCE)
    text = AESGCM(keys[name]).encrypt(nonce, value.encode(), _place(table, column))
    return bytes([VERSION, len(name.encode())]) + name.encode() + nonce + text


def unseal(sealed: bytes | memoryview, *, table: str, column: str) -> str:
    """Decrypt what :func:`seal` gave for the same table and column.

    :raises BadSeal: another place, an unknown key, or changed bytes
    """
    data = bytes(sealed)
    name = key_name(data)
    key = _keys(tuple(settings.SEAL_KEYS)).get(name)
    if key is None:
        raise BadSeal(f"sealed with the key {name!r}, which SEAL_KEYS does not hold")
    start = 2 + len(name.encode())
    try:
        return AESGCM(key).decrypt(data[start : start + NONCE], data[start + NONCE :], _place(table, column)).decode()
    except (InvalidTag, ValueError) as broken:
        raise BadSeal(f"not sealed for {table}.{column}, or changed since") from broken


def key_name(sealed: bytes | memoryview) -> str:
    """Give the id of the key a value was sealed with.

    :raises BadSeal: the bytes do not begin like a seal
    """
    data = bytes(sealed)
    if len(data) < 2 or data[0] != VERSION or len(data) < 2 + data[1] + NONCE:
        raise BadSeal("these bytes are not a seal")
    return data[2 : 2 + data[1]].decode(errors="replace")


def needs_resealing(sealed: bytes | memoryview) -> bool:
    """Tell whether the value is sealed with another key than the one in front of ``SEAL_KEYS``."""
    return key_name(sealed) != next(iter(_keys(tuple(settings.SEAL_KEYS))))


def lookup(value: str, *, purpose: str) -> bytes:
    """Give 32 bytes that are equal for equal values of one purpose: HMAC-SHA-256 under ``LOOKUP_KEY``.

    A bare hash would not do: eighteen-digit numbers can be tried out one by one.
    """
    key = _key_of(settings.LOOKUP_KEY, setting="LOOKUP_KEY")
    return hmac.digest(key, purpose.encode() + b"\x00" + value.encode(), hashlib.sha256)


def _place(table: str, column: str) -> bytes:
    return f"{table}.{column}".encode()
