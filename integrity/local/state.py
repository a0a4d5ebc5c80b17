"""Where the local servers keep data, sockets, logs and keys: one folder per user and checkout, and nothing outside it changes."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parents[2]
NAME = "integrity-portal"
# A socket path longer than 107 bytes is refused by the kernel; PostgreSQL adds ``/.s.PGSQL.5432.lock`` to the folder.
LONGEST_SOCKET_FOLDER = 85


def home() -> Path:
    """
    Give this checkout's state folder, made when it is missing.

    Root's own home is closed to others, and PostgreSQL refuses to run as root, so root keeps its state under ``/var/lib``,
    where the unprivileged server process can reach its own folder without any mode being changed.
    """
    digest = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]
    for base in _bases():
        folder = base / f"{CHECKOUT.name}-{digest}"
        try:
            base.parent.mkdir(parents=True, exist_ok=True)
            passable(base)
            passable(folder)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise SystemExit("找不到可写的状态目录：请设置 XDG_STATE_HOME 指向一个可写的目录。")


def passable(folder: Path) -> Path:
    """Make the folder where it is missing, so that others may pass through but not look; a strict umask changes nothing."""
    if not folder.exists():
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
    return folder


def _bases() -> list[Path]:
    chosen = os.environ.get("XDG_STATE_HOME")
    if chosen:
        return [Path(chosen) / NAME]
    fallback = Path(tempfile.gettempdir()) / f"{NAME}-{os.geteuid()}"
    if os.geteuid() == 0:
        return [Path("/var/lib") / NAME, fallback]
    return [Path("~/.local/state").expanduser() / NAME, fallback]


def socket_folder(folder: Path) -> Path:
    """Give a folder short enough for a socket: ``folder/socket``, or one in the temporary directory derived from its path."""
    natural = folder / "socket"
    if len(os.fsencode(natural)) <= LONGEST_SOCKET_FOLDER:
        return natural
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path("/tmp") / f"{NAME}-{os.geteuid()}-{digest}"  # noqa: S108 - created with mode 0700 and checked by its user


def lock(path: Path) -> IO[str] | None:
    """
    Take the lock file for as long as the returned file stays open; ``None`` when another process holds it.

    The kernel lets go of it when the process ends, however it ends, so a crash leaves no stale lock.
    """
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def keys(folder: Path) -> dict[str, str]:
    """Give the keys of this checkout's demo, made once and kept readable for their owner only."""
    path = folder / "keys.json"
    if not path.exists():
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(new_keys(), indent=1), encoding="utf-8")
        draft.rename(path)
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return known


def new_keys() -> dict[str, str]:
    """Make one fresh value for every secret the settings ask for."""
    return {
        "SECRET_KEY": secrets.token_hex(32),
        "LEDGER_FOLD_KEY": secrets.token_hex(32),
        "SEAL_KEYS": "k1:" + secrets.token_hex(32),
        "LOOKUP_KEY": secrets.token_hex(32),
        "PLATFORM_SECRET": secrets.token_hex(32),
    }
