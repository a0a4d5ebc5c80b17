"""The two hash functions of the log: SHA-256, which a browser can check, and its national twin SM3."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

LEAF = b"\x00"
INNER = b"\x01"


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())  # noqa: S303 - the national standard GB/T 32905, not MD5
    digest.update(data)
    return digest.finalize()


@dataclass(frozen=True)
class HashSuite:
    """A 32-byte hash and the three ways the log uses it (RFC 6962 domain separation)."""

    name: str
    digest: Callable[[bytes], bytes]

    def commitment(self, *, salt: bytes, body: bytes) -> bytes:
        """Give ``H(salt ‖ body)``; without the salt a guessed body cannot be confirmed."""
        return self.digest(salt + body)

    def leaf(self, commitment: bytes) -> bytes:
        """Give ``H(0x00 ‖ commitment)``."""
        return self.digest(LEAF + commitment)

    def node(self, left: bytes, right: bytes) -> bytes:
        """Give ``H(0x01 ‖ left ‖ right)``."""
        return self.digest(INNER + left + right)


SHA256 = HashSuite("sha256", _sha256)
SM3 = HashSuite("sm3", _sm3)
SUITES = {suite.name: suite for suite in (SHA256, SM3)}
