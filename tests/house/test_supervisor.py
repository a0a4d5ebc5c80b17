"""The supervisor: reverse order, nothing left behind, and a plain word when a part fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from integrity.local import state
from tests.environment import ROOT

PROGRAM = """
import sys, time
from pathlib import Path
from integrity.local.supervisor import Stop, Supervisor

logs = Path(sys.argv[1])
stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
supervisor = Supervisor(logs)
try:
    environ = {}
    supervisor.start("first", [sys.executable, "-c", sys.argv[2] or "import time; time.sleep(60)"], environ=environ)
    supervisor.start("second", [sys.executable, "-c", stubborn], environ=environ, patience=0.5)
    print("up", *(process.pid for process in supervisor._processes.values()), flush=True)
    supervisor.watch()
except Stop as stop:
    print(stop, flush=True)
finally:
    supervisor.stop()
"""


def _start(tmp_path: Path, first: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), first]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_parts_in_reverse_order_even_stubborn_ones(tmp_path, number):
    supervisor = _start(tmp_path)
    pids = [int(word) for word in supervisor.stdout.readline().split()[1:]]
    supervisor.send_signal(number)
    told = supervisor.communicate(timeout=20)[0]
    assert signal.Signals(number).name in told
    assert told.index("停止 second") < told.index("停止 first")
    assert not any(_alive(pid) for pid in pids)


def test_a_part_that_ends_by_itself_ends_the_rest_and_its_last_words_are_shown(tmp_path):
    supervisor = _start(tmp_path, first="import time; time.sleep(1); print('no more coal'); raise SystemExit(3)")
    told = supervisor.communicate(timeout=20)[0]
    assert "first 自己退出了（3）" in told
    assert "no more coal" in told


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_nothing_outlives_a_supervisor_that_was_killed(tmp_path):
    supervisor = _start(tmp_path)
    pids = [int(word) for word in supervisor.stdout.readline().split()[1:]]
    supervisor.kill()
    supervisor.wait()
    deadline = time.monotonic() + 5
    while _alive(pids[0]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(pids[0])
    os.kill(pids[1], signal.SIGKILL)  # the stubborn one was asked too, and refused


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows which signals a process catches")
def test_make_told_to_stop_by_a_signal_to_itself_alone_stops_us_too(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    recipe = f"run:\n\t@cd {ROOT} && exec {sys.executable} {tmp_path}/program.py {tmp_path} ''\n"
    (tmp_path / "Makefile").write_text(recipe)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    # The suite itself may run under nohup, whose children would ignore what we send.
    command = ["env", "--default-signal=HUP", "make", "-C", str(tmp_path), "--no-print-directory"]
    make = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
    pids = [int(word) for word in make.stdout.readline().split()[1:]]
    make.send_signal(signal.SIGHUP)
    assert "停止 first" in make.communicate(timeout=20)[0]
    assert not any(_alive(pid) for pid in pids)


def test_a_lock_is_free_again_when_its_holder_died(tmp_path):
    program = f"from integrity.local import state; from pathlib import Path; held = state.lock(Path({str(tmp_path / 'lock')!r}));"
    holder = subprocess.Popen(
        [sys.executable, "-c", program + "print(bool(held), flush=True); import time; time.sleep(60)"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline().strip() == "True"
    assert state.lock(tmp_path / "lock") is None
    holder.kill()
    holder.wait()
    assert state.lock(tmp_path / "lock") is not None


def test_two_checkouts_have_two_state_folders(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    one = state.home()
    monkeypatch.setattr(state, "CHECKOUT", tmp_path / "other" / state.CHECKOUT.name)
    assert state.home() != one


def test_a_deep_state_folder_gets_a_short_socket_folder(tmp_path):
    deep = tmp_path / ("x" * 100)
    assert len(str(state.socket_folder(deep))) <= state.LONGEST_SOCKET_FOLDER
    assert state.socket_folder(deep) != state.socket_folder(deep / "y")


def test_keys_are_made_once_and_closed_to_others(tmp_path):
    assert state.keys(tmp_path) == state.keys(tmp_path)
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


def test_a_taken_port_is_told_with_the_way_out(monkeypatch):
    import socket

    from integrity.local import run

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(SystemExit, match="make run PORT="):
            run._port("PORT", 8000)
    monkeypatch.setenv("PORT", "seventy")
    with pytest.raises(SystemExit, match="端口号"):
        run._port("PORT", 8000)
