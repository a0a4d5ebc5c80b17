"""Signatures over tree heads: Ed25519 here; an HSM or an SM2 module only has to offer the same three things."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = 0x01  # the algorithm byte of C2SP signed-note


class Signer(Protocol):
    """What signs a head; where the key lives is the signer's own affair."""

    @property
    def algorithm(self) -> int:
        """Give the algorithm byte of C2SP signed-note."""

    @property
    def public_key(self) -> bytes:
        """Give the raw public key."""

    def sign(self, message: bytes) -> bytes:
        """Give the raw signature over the message."""


@dataclass(frozen=True)
class Ed25519Signer:
    """A signer whose Ed25519 key is in this process's memory."""

    private_key: Ed25519PrivateKey
    algorithm: int = ED25519

    @property
    def public_key(self) -> bytes:
        """Give the 32 raw bytes of the public key."""
        return self.private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """Give the 64 raw bytes of the signature."""
        return self.private_key.sign(message)


def key_id(*, name: str, algorithm: int, public_key: bytes) -> bytes:
    """Give the four bytes by which a signature line names its key: ``SHA-256(name ‖ 0x0A ‖ algorithm ‖ key)[:4]``."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([algorithm]) + public_key).digest()[:4]


def is_signed_by(*, public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the Ed25519 signature over the message was made with this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
