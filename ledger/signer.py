"""The signer of heads: its key and its own last head lie in a folder outside the database, and it signs no other history.

``LEDGER_SIGNING_DIR`` holds ``key`` (32 secret bytes in hex, mode 0600) and ``last`` (the text of the last head signed). A folder
that has a key but no last head was tampered with or restored wrongly: the signer refuses until ``adopt_head`` is run.
"""

from __future__ import annotations

import base64
import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from ledger import checkpoint
from ledger.checkpoint import Checkpoint
from ledger.suites.signing import Ed25519Signer
from ledger.tree import EMPTY_ROOT
from ledger.verifier.verify_disclosure import is_consistent


class InconsistentHead(Exception):
    """The head to be signed does not continue the last head this signer has signed."""


@dataclass(frozen=True)
class HeadSigner:
    """Signs heads of one log that each continue the one before."""

    folder: Path
    origin: str

    @property
    def has_key(self) -> bool:
        """Tell whether the folder has a key; asking for one that is not there yet makes it."""
        return (self.folder / "key").exists()

    @property
    def public_key(self) -> bytes:
        """Give the 32 raw bytes of the public key."""
        return self._signer().public_key

    def last(self) -> Checkpoint:
        """Give the last head signed, or the empty tree where none was.

        :raises InconsistentHead: the folder has a key but has lost its last head
        """
        self._signer()
        path = self.folder / "last"
        if not path.exists():
            raise InconsistentHead(
                f"签名器丢失了自己的末次树头（{path}）：请用 adopt_head 命令交回一份可信的树头，核对无误后再继续签名。"
            )
        text = path.read_text(encoding="utf-8")
        if not text:
            return Checkpoint(self.origin, 0, EMPTY_ROOT)
        return checkpoint.opened(text, origin=self.origin, public_key=self.public_key)

    def sign(self, new: Checkpoint, *, proof: Sequence[bytes]) -> str:
        """
        Sign a head and remember it before giving it away.

        :param proof: the consistency proof from :meth:`last` to the new head
        :raises InconsistentHead: the new head does not continue the last one
        """
        last = self.last()
        grew = last.size == 0 or is_consistent(last.size, new.size, last.root, new.root, list(proof))
        if new.origin != self.origin or new.size < last.size or not grew:
            raise InconsistentHead(
                f"拒绝签名：大小 {new.size} 的树头与签名器末次签过的大小 {last.size} 的树头不一致，日志可能被改写或截短。"
            )
        text = checkpoint.signed(new, self._signer())
        self._remember(text)
        return text

    def adopt(self, text: str) -> Checkpoint:
        """
        Take a head from outside as the last one signed, after the signer's own was lost; refused while it has one.

        :raises InconsistentHead: the signer has a last head of its own
        :raises ledger.checkpoint.BadHead: the text was not signed with this signer's key
        """
        self._signer()
        if (self.folder / "last").exists():
            raise InconsistentHead("签名器有自己的末次树头，不接受外来的树头。")
        found = checkpoint.opened(text, origin=self.origin, public_key=self.public_key)
        self._remember(text)
        return found

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder so that one process signs at a time."""
        self._signer()
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _signer(self) -> Ed25519Signer:
        path = self.folder / "key"
        if not path.exists():
            self._make_key(path)
        return Ed25519Signer(
            Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))
        )

    def _make_key(self, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.folder / f"key.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        (self.folder / "last").touch(mode=0o600)
        try:
            os.link(draft, path)  # unlike a rename this never replaces a key another process has just made
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    def _remember(self, text: str) -> None:
        draft = self.folder / "last.new"
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / "last")


def own() -> HeadSigner:
    """Give the signer of this portal's log."""
    return HeadSigner(Path(settings.LEDGER_SIGNING_DIR), settings.LEDGER_ORIGIN)


def public_key_text() -> str:
    """Give the public key in base64, as pages and proofs show it."""
    return base64.b64encode(own().public_key).decode()
