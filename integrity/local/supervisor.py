"""Start the parts of the portal one after the other, watch them, and stop them in reverse order."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from integrity.local.processes import end, spawn

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Somebody asked for the end, or a part ended by itself; the message says which."""


@dataclass
class Supervisor:
    """
    The running parts, newest last.

    Every part is a main process in a session of its own, so that Ctrl-C reaches the supervisor alone and each part is asked to
    stop once, when its turn has come.
    """

    logs: Path
    _parent: int = field(default_factory=os.getppid)
    _caught_by_parent: int = 0
    _undo: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Listen to the three signals that mean the end."""
        self._caught_by_parent = _caught_signals(self._parent)
        for number in STOPPING:
            signal.signal(number, self._asked)

    def keep(self, name: str, stop: Callable[[], None]) -> None:
        """Remember how to undo something that was started elsewhere."""
        self._undo.append((name, stop))

    def start(self, name: str, command: list[str], *, environ: dict[str, str], patience: float = 15) -> None:
        """Start a part; its output goes to a log file named after it."""
        process = spawn(command, log=self.logs / f"{name}.log", env=environ)
        self._processes[name] = process
        self.keep(name, lambda: end(process, signal.SIGTERM, patience=patience))

    def run(self, name: str, command: list[str], *, environ: dict[str, str]) -> None:
        """
        Run a step to its end, its output going to the log file named after it.

        :raises Stop: it failed; the message carries the last lines of its log
        """
        self.start(name, command, environ=environ)
        while self._processes[name].poll() is None:
            self.look(but=name)
            time.sleep(0.05)
        process = self._processes.pop(name)
        self._undo.pop()
        if process.returncode:
            raise Stop(f"{name} 失败（{process.returncode}），日志 {self.logs / name}.log：\n{self.tail(name)}")

    def look(self, *, but: str = "") -> None:
        """
        Make sure that everything still runs.

        :raises Stop: a part has ended, or whoever started us is gone
        """
        for name, process in self._processes.items():
            if name != but and process.poll() is not None:
                raise Stop(
                    f"{name} 自己退出了（{process.returncode}），日志 {self.logs / name}.log：\n{self.tail(name)}"
                )
        if os.getppid() != self._parent or self._parent_gave_up():
            raise Stop("启动它的进程已经结束")

    def watch(self) -> None:
        """
        Watch until it ends.

        :raises Stop: always, in the end
        """
        while True:
            self.look()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop everything in reverse order; further signals are ignored, the end is on its way."""
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        while self._undo:
            name, stop = self._undo.pop()
            print(f"停止 {name} …", flush=True)
            stop()

    def tail(self, name: str) -> str:
        """Give the last lines a part wrote."""
        log = self.logs / f"{name}.log"
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]) if log.exists() else ""

    def _asked(self, number: int, frame: object) -> None:
        raise Stop(f"收到 {signal.Signals(number).name}")

    def _parent_gave_up(self) -> bool:
        """
        Say whether make was told to stop and now only waits for us.

        GNU make passes TERM on, but not an INT or HUP sent to itself alone: it restores the signal's default and waits for its
        children, for ever. That restored default can be seen.
        """
        return bool(self._caught_by_parent & ~_caught_signals(self._parent))


def _caught_signals(pid: int) -> int:
    """Give the mask of ending signals a process catches, as Linux tells it; 0 elsewhere."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    caught = next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt:")), 0)
    return caught & sum(1 << (number - 1) for number in STOPPING)
