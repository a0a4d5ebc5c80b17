"""Sealed boxes: anybody may put something in with the public key; only the private key, locked by a passphrase, takes it out.

X25519 with a one-time key, HKDF-SHA-256, AES-256-GCM; the private key is locked under Argon2id.
"""

from __future__ import annotations

import os

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RAW = serialization.Encoding.Raw
PUBLIC, SALT, NONCE = 32, 16, 12
COST = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 1}


class WrongPassphrase(Exception):
    """The passphrase does not open this private key."""


class BadBox(Exception):
    """The box was sealed to another key or for another purpose, or was changed since."""


def pair(passphrase: str) -> tuple[bytes, bytes]:
    """Give a new public key, and its private key locked with the passphrase."""
    private = X25519PrivateKey.generate()
    raw = private.private_bytes(RAW, serialization.PrivateFormat.Raw, serialization.NoEncryption())
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    locked = salt + nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, raw, b"custody")
    return private.public_key().public_bytes(RAW, serialization.PublicFormat.Raw), locked


def unlock(locked: bytes | memoryview, passphrase: str) -> bytes:
    """Give the private key; this will take a tenth of a second, whatever the passphrase.

    :raises WrongPassphrase: it is another
    """
    data = bytes(locked)
    salt, nonce, text = data[:SALT], data[SALT : SALT + NONCE], data[SALT + NONCE :]
    try:
        return AESGCM(_stretched(passphrase, salt)).decrypt(nonce, text, b"custody")
    except InvalidTag as wrong:
        raise WrongPassphrase("the passphrase does not open this key") from wrong


def put(public_key: bytes | memoryview, content: bytes, *, purpose: str) -> bytes:
    """Seal bytes to a public key; nobody on this side can open them again."""
    once = X25519PrivateKey.generate()
    shown = once.public_key().public_bytes(RAW, serialization.PublicFormat.Raw)
    shared = once.exchange(X25519PublicKey.from_public_bytes(bytes(public_key)))
    # The key is used once, so the nonce may be fixed.
    return shown + AESGCM(_derived(shared, shown, bytes(public_key))).encrypt(bytes(NONCE), content, purpose.encode())


def take(private_key: bytes, box: bytes | memoryview, *, purpose: str) -> bytes:
    """Open a box.

    :raises BadBox: another key or purpose, or changed bytes
    """
    return take_with(key_of(private_key, box), box, purpose=purpose)


def key_of(private_key: bytes, box: bytes | memoryview) -> bytes:
    """Give the key of this one box, which opens no other.

    :raises BadBox: it is no box
    """
    shown, private = bytes(box[:PUBLIC]), X25519PrivateKey.from_private_bytes(private_key)
    public = private.public_key().public_bytes(RAW, serialization.PublicFormat.Raw)
    try:
        return _derived(private.exchange(X25519PublicKey.from_public_bytes(shown)), shown, public)
    except ValueError as broken:
        raise BadBox("no box, or changed since") from broken


def take_with(key: bytes, box: bytes | memoryview, *, purpose: str) -> bytes:
    """Open a box with its own key.

    :raises BadBox: the key of another box, another purpose, or changed bytes
    """
    data = bytes(box)
    try:
        return AESGCM(key).decrypt(bytes(NONCE), data[PUBLIC:], purpose.encode())
    except (InvalidTag, ValueError) as broken:
        raise BadBox("not sealed to this key, or changed since") from broken


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(passphrase.encode(), salt, hash_len=32, type=Type.ID, **COST)


def _derived(shared: bytes, shown: bytes, public: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, shown + public, b"sealed box").derive(shared)
