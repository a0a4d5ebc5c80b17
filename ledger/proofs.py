"""
Proofs that anybody can check: a public document is in the log, and the log only ever grew.

Byte formats, for whoever writes another checker (H is SHA-256, ``‖`` joins bytes):

- ``body``: the exact bytes of the public document, canonical JSON (keys sorted, no spaces, UTF-8, strings and whole numbers only);
  ``salt``: 16 random bytes. ``commitment = H(salt ‖ body)``, ``leaf = H(0x00 ‖ commitment)``, ``node = H(0x01 ‖ left ‖ right)``.
- the tree is that of RFC 6962 over the leaf hashes of **all** entries; ``leaf_index`` counts from 0; ``path`` lists siblings from the
  leaf upwards; check it as RFC 9162, 2.1.3.2 says (consistency: 2.1.4.2).
- ``head``: text ``origin ⏎ size ⏎ base64(root) ⏎`` and further lines that a checker passes over (``time``, ``clock``, ``former``), an empty line,
  then signature lines ``— origin base64(id ‖ signature) ⏎`` (U+2014, blanks). The signed message is everything before the empty line,
  the line feed of its last line included, in UTF-8. ``id = H(origin ‖ 0x0A ‖ 0x01 ‖ public key)[:4]``; the signature is 64 bytes of
  Ed25519. ``public_key`` is the raw 32 bytes.
- every byte string is standard base64 with padding. A bundle has exactly the fields given here; a checker refuses others.

Proof bundle: ``{"format": "integrity-proof/1", "origin", "public_key", "body", "salt", "leaf_index", "tree_size", "path", "head"}``.
Consistency: ``{"format": "integrity-consistency/1", "origin", "public_key", "old_head", "new_head", "path"}``.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger import checkpoint, heads, reading, signer, stored, tree
from ledger.models import Head, PublicEntry
from ledger.verifier import verify_disclosure


class NotYetSigned(Exception):
    """No signed head covers the entry yet; one will within ten seconds."""


class NoSuchProof(LookupError):
    """There is nothing to prove: no such document in public, no such head, or sizes in the wrong order."""


@dataclass(frozen=True)
class Inclusion:
    """The audit path of one leaf under one head."""

    index: int
    path: list[bytes]
    head: Head


def inclusion(position: int, *, using: str = "default") -> Inclusion:
    """Give the audit path of the entry at a position under the latest head.

    :raises NotYetSigned: the latest head does not reach so far
    """
    head = heads.over(position, using=using)
    if head is None:
        raise NotYetSigned(f"no head covers position {position} yet")
    return Inclusion(position, tree.inclusion(position, head.size, stored.fetching(using)), head)


def bundle(document_id: UUID, version: int | None = None, *, using: str = "default") -> dict[str, Any]:
    """
    Give the whole proof of the public bytes that now stand for a document; usable through the public login.

    :raises NoSuchProof: nothing of the document is in public, or not in this version
    :raises NotYetSigned: its entry waits for the next head
    """
    entry = reading.live_entry(document_id, version=version, using=using)
    if entry is None:
        raise NoSuchProof(f"no public bytes of {document_id}")
    return bundle_of(entry, using=using)


def bundle_of(entry: PublicEntry, *, using: str = "default") -> dict[str, Any]:
    """Give the whole proof of one public entry whose body still stands (a document's, or a tombstone's).

    :raises NoSuchProof: its body was erased
    :raises NotYetSigned: it waits for the next head
    """
    if entry.body is None or entry.salt is None:
        raise NoSuchProof(f"the body at {entry.position} was erased")
    found = inclusion(entry.position, using=using)
    return {
        "format": verify_disclosure.PROOF,
        "origin": checkpoint.read(found.head.text).origin,
        "public_key": signer.public_key_text(),
        "body": spelled(entry.body),
        "salt": spelled(entry.salt),
        "leaf_index": found.index,
        "tree_size": found.head.size,
        "path": [spelled(step) for step in found.path],
        "head": found.head.text,
    }


def consistency(old_size: int, new_size: int, *, using: str = "default") -> dict[str, Any]:
    """
    Give the proof that the log at one signed head is the beginning of the log at another.

    :raises NoSuchProof: no head of one of these sizes was signed, or the sizes are not ``0 < old <= new``
    """
    if not 0 < old_size <= new_size:
        raise NoSuchProof("sizes must be 0 < old <= new")
    found = Head.objects.using(using).in_bulk([old_size, new_size])
    if len(found) < len({old_size, new_size}):
        raise NoSuchProof("no head of this size was signed")
    path = tree.consistency(old_size, new_size, stored.fetching(using))
    return {
        "format": verify_disclosure.CONSISTENCY,
        "origin": checkpoint.read(found[new_size].text).origin,
        "public_key": signer.public_key_text(),
        "old_head": found[old_size].text,
        "new_head": found[new_size].text,
        "path": [spelled(step) for step in path],
    }


def spelled(data: bytes | memoryview) -> str:
    """Give bytes in standard base64."""
    return base64.b64encode(bytes(data)).decode()
