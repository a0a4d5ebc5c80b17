"""
Run the whole portal on this machine: servers, first filling, web, worker, beat and the stand-in platform.

``make run`` calls this. ``PORT`` chooses the address; with ``DATABASE_URL`` and ``REDIS_URL`` set, those servers are used.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from integrity.local import state
from integrity.local.servers import Postgres, Redis
from integrity.local.supervisor import Stop, Supervisor

DATABASE = "integrity"
START_SECONDS = 60
FILLED = "filled"  # written once the first filling is complete
ACCOUNTS = "seed_demo.log"


def main() -> int:
    """Start everything, tell where it is, stay until told to stop; give 0 where somebody asked for the end."""
    home = state.home()
    held = state.lock(home / "run.lock")
    if held is None:
        raise SystemExit(f"这个目录的平台已经在运行（{home}）。请先停止它，或在另一个检出目录里启动。")
    port, platform_port = _port("PORT", 8000), _port("PLATFORM_PORT", 0) or _free_port()
    logs = home / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    supervisor = Supervisor(logs)
    began = time.monotonic()
    try:
        environ = _servers(supervisor, home)
        environ |= {"PORT": str(port), "PLATFORM_URL": environ.get("PLATFORM_URL", f"http://127.0.0.1:{platform_port}")}
        _fill(supervisor, home, environ)
        _start(supervisor, home, environ, port=port, platform_port=platform_port)
        _await(supervisor, f"http://127.0.0.1:{port}/readyz")
        _tell(home, environ, port=port, seconds=time.monotonic() - began)
        supervisor.watch()
    except Stop as stop:
        print(f"\n{stop}", flush=True)
        return 0 if str(stop).startswith("收到") else 1
    finally:
        supervisor.stop()
    return 0


def _servers(supervisor: Supervisor, home: Path) -> dict[str, str]:
    """Start the servers nobody named, and give the environment of everything that follows."""
    environ = {"STATE_DIR": str(home / "state"), **state.keys(home), **os.environ}
    environ |= {"DJANGO_SETTINGS_MODULE": "integrity.settings.dev", "PYTHONUNBUFFERED": "1"}
    if "DATABASE_URL" not in environ:
        postgres = Postgres(home / "postgres")
        supervisor.keep("postgres", postgres.stop)
        postgres.start()
        if not (home / FILLED).exists():
            _clear_half_filled(postgres, home)
        environ |= postgres.prepare(DATABASE).environ()
    if "REDIS_URL" not in environ:
        redis = Redis(home / "redis")
        supervisor.keep("redis", redis.stop)
        redis.start()
        environ["REDIS_URL"] = redis.url
    return environ


def _clear_half_filled(postgres: Postgres, home: Path) -> None:
    """Throw away what a first filling that was interrupted left: the demo is only built in an empty database."""
    postgres.drop(DATABASE)
    # The signer rightly refuses heads of another database than its last; the stand-in platform's store lies there, too.
    shutil.rmtree(home / "state", ignore_errors=True)


def _fill(supervisor: Supervisor, home: Path, environ: dict[str, str]) -> None:
    """Bring the database up to the code where either has changed; fill it with the demo where it is new."""
    stamp = home / FILLED
    place, shape = environ["DATABASE_URL"].rpartition("@")[2], _shape()
    former = stamp.read_text().split("\n") if stamp.exists() else ["", ""]
    if former == [place, shape]:
        return
    print("准备数据库：迁移、规则和工作日历 …", flush=True)
    supervisor.run("prepare_database", _manage("prepare_database"), environ=environ)
    if former[0] != place:
        print("建立演示数据 …", flush=True)
        supervisor.run("seed_demo", _manage("seed_demo"), environ=environ)
    stamp.write_text(f"{place}\n{shape}")


def _shape() -> str:
    """Digest what shapes a database: migrations and the shipped law."""
    digest = hashlib.sha256()
    for pattern in ("*/migrations/*.py", "rules/data/**/*", "requirements.txt"):
        for path in sorted(path for path in state.CHECKOUT.glob(pattern) if path.is_file()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _start(supervisor: Supervisor, home: Path, environ: dict[str, str], *, port: int, platform_port: int) -> None:
    """Start the four processes of the portal; the web and worker processes are not told the owner's login."""
    environ = {name: value for name, value in environ.items() if name != "DATABASE_OWNER_URL"}
    python = [sys.executable, "-m"]
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    web += ["--workers", "2", "--blocking-threads", "4", "integrity.wsgi:application"]
    celery = [*python, "celery", "-A", "integrity"]
    schedule = str(home / "beat-schedule")
    standin = ["--port", str(platform_port), "--callback", f"http://127.0.0.1:{port}/api/v1/receipts/"]
    supervisor.start("platform", _manage("platform_standin", *standin), environ=environ)
    supervisor.start("web", [*python, *web], environ=environ)
    supervisor.start("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "info"], environ=environ)
    supervisor.start(
        "beat", [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "info"], environ=environ
    )


def _await(supervisor: Supervisor, address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        supervisor.look()
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise Stop(f"网页服务 {START_SECONDS} 秒内没有就绪，日志 {supervisor.logs / 'web.log'}：\n{supervisor.tail('web')}")


def _tell(home: Path, environ: dict[str, str], *, port: int, seconds: float) -> None:
    accounts = home / "logs" / ACCOUNTS
    if accounts.exists():
        told = accounts.read_text(encoding="utf-8").splitlines()
        print("\n".join(line for line in told if not line.startswith("{")))  # log lines are for the file
    print(f"\n平台     http://127.0.0.1:{port}\n模拟省平台 {environ['PLATFORM_URL']}\n日志     {home / 'logs'}")
    print(f"启动用时 {seconds:.0f} 秒。按 Ctrl-C 停止。", flush=True)


def _manage(*words: str) -> list[str]:
    return [sys.executable, str(state.CHECKOUT / "manage.py"), *words]


def _port(name: str, default: int) -> int:
    """
    Give the port the variable names, making sure that nobody listens there.

    :raises SystemExit: it is no port number, or taken
    """
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or int(value) > 65535:
        raise SystemExit(f"{name} 须是 1 到 65535 的端口号，现在是“{value}”。")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except OSError as error:
            raise SystemExit(
                f"端口 {value} 用不了（{error.strerror}）：用 {name}= 换一个，例如 make run {name}=8080。"
            ) from error
    return int(value)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
