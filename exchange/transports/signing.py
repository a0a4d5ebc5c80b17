"""Signatures between the platform and us: HMAC-SHA-256 over what must not change, line by line.

A request signs method, path with query, content digest, moment, nonce, idempotency key and the digest of the head sent
along; an answer signs the nonce it answers, its status and its content digest. Both sides compare in constant time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

CLIENT = "X-Platform-Client"
MOMENT = "X-Platform-Timestamp"
NONCE = "X-Platform-Nonce"
SIGNATURE = "X-Platform-Signature"
HEAD = "X-Platform-Head"
CONTENT_DIGEST = "Content-Digest"
IDEMPOTENCY_KEY = "Idempotency-Key"


def content_digest(content: bytes) -> str:
    """This will give the Content-Digest field of RFC 9530 for a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def sign(secret: str, *lines: str) -> str:
    """This will give the signature (hex) over the lines, in this order."""
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def is_right(secret: str, given: str, *lines: str) -> bool:
    """This will tell whether a signature is right, in a time that does not depend on where it is wrong."""
    return hmac.compare_digest(sign(secret, *lines).encode(), given.encode())
