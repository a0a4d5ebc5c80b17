"""Start a child so that it cannot outlive us, and end it without touching its own children."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
# Looked up before any fork: between fork and exec nothing may be loaded.
_prctl: Callable[..., int] | None = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def _die_with_parent(request: signal.Signals) -> None:
    """Ask the kernel to end this child when its parent dies, even by kill -9 (Linux only)."""
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, request)


def spawn(
    command: Sequence[str], *, log: Path | None = None, orphaned: signal.Signals = signal.SIGTERM, **options: Any
) -> subprocess.Popen[bytes]:
    """
    Start the command in a session of its own, its output going to the log file (or ours, without one).

    Its own session keeps Ctrl-C at the terminal away from it: the supervisor decides in which order things stop.

    :param orphaned: the signal it gets from the kernel when we die without stopping it
    """
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("wb")) if log else None
        return subprocess.Popen(  # noqa: S603 - commands are ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            preexec_fn=partial(_die_with_parent, orphaned),  # noqa: PLW1509 - calls one symbol resolved above
            **options,
        )


def end(process: subprocess.Popen[bytes], request: signal.Signals, *, patience: float) -> None:
    """
    Ask the main process alone to stop, wait, and clear away its session if anything of it is left.

    Only the main process is asked: a pool whose children are signalled too loses the task in hand.

    :param patience: seconds to wait before the session is killed
    """
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(request)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
