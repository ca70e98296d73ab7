"""A Superset of the tests' own: installed from its lock, run headless on loopback with SQLite, gone afterwards."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parent.parent / "superset-requirements.lock"
READY = os.environ.get("SUPERSET_ENVIRONMENT", "")  # a virtual environment made from the lock before
CONFIG = """
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = {database!r}
WTF_CSRF_ENABLED = TALISMAN_ENABLED = RATELIMIT_ENABLED = False
"""
SECONDS = 300  # for a step


class Superset:
    """Superset's REST API, as its administrator."""

    def __init__(self, address: str, password: str) -> None:
        self.address, self._token = address, ""
        login = {"username": "admin", "password": password, "provider": "db", "refresh": True}
        self._token = self("POST", "security/login", login)["access_token"]

    def __call__(self, method: str, path: str, body: Any = None, kind: str = "application/json") -> Any:
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        head = {"Content-Type": kind} | ({"Authorization": f"Bearer {self._token}"} if self._token else {})
        asked = urllib.request.Request(f"{self.address}/api/v1/{path}", data, head, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()[:2000]}") from refused

    def upload(self, path: str, archive: bytes, passwords: dict[str, str]) -> Any:
        """What its import windows send: an archive, and the passwords that an archive never holds."""
        mark = secrets.token_hex(16)
        fields = {"passwords": json.dumps(passwords), "overwrite": "true"}
        parts = [f'Content-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
        named = 'Content-Disposition: form-data; name="formData"; filename="taizhang.zip"\r\n'
        parts.append(f"{named}Content-Type: application/zip\r\n\r\n".encode() + archive + b"\r\n")
        body = b"".join(f"--{mark}\r\n".encode() + part for part in parts) + f"--{mark}--\r\n".encode()
        return self("POST", path, body, f"multipart/form-data; boundary={mark}")


@contextmanager
def superset(folder: Path) -> Iterator[Superset]:
    """A running Superset whose files are all in the folder."""
    programs = _installed(folder)
    password, address = secrets.token_hex(8), f"http://127.0.0.1:{_free_port()}"
    config = folder / "superset_config.py"
    database = f"sqlite:///{folder / 'superset.db'}"
    config.write_text(CONFIG.format(secret=secrets.token_hex(32), database=database))
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "FLASK_APP")}
    env |= {"SUPERSET_CONFIG_PATH": str(config), "SUPERSET_HOME": str(folder), "FLASK_APP": "superset"}
    command = programs / "superset"
    admin = [
        "--username",
        "admin",
        "--firstname",
        "a",
        "--lastname",
        "b",
        "--email",
        "a@example.org",
        "--password",
        password,
    ]
    for step in (["db", "upgrade"], ["fab", "create-admin", *admin], ["init"]):
        subprocess.run([command, *step], env=env, check=True, capture_output=True, timeout=SECONDS)
    host, port = address.removeprefix("http://").split(":")
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [command, "run", "-h", host, "-p", port, "--with-threads"], env=env, stdout=log, stderr=log
        )
        try:
            _wait(f"{address}/health", running)
            yield Superset(address, password)
        finally:
            running.terminate()
            running.wait(30)


def _installed(folder: Path) -> Path:
    if READY:
        return Path(READY) / "bin"
    python = folder / "environment" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--require-hashes", "-r", LOCK]
    subprocess.run(pip, check=True, capture_output=True, timeout=1500)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    return python.parent


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(SECONDS):
        assert running.poll() is None, "Superset ended"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(1)
    raise AssertionError("Superset does not answer")
