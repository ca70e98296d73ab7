"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by loopback only, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWNER = "taizhang_test"
PASSWORD = "p@ss/w:rd 密"  # what a URL must write in percent signs


@dataclass(frozen=True)
class Server:
    port: int

    def url(self, database: str = "postgres", user: str = OWNER, password: str = "p%40ss%2Fw%3Ard%20%E5%AF%86") -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def rows(self, query: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What a query gives to the owner; a statement without rows gives none."""
        from adbc_driver_postgresql import dbapi

        with dbapi.connect(self.url(database), autocommit=True) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall()) if cursor.description else []


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest of those that Debian lays side by side."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    laid = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(laid, key=lambda path: float(path.parent.name), default=None)


def somebody() -> str | None:
    """The user that runs the server when the tests run as root, whom PostgreSQL refuses."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def server() -> Iterator[Server]:
    """A running server; raises LookupError, with what to install, when PostgreSQL is absent."""
    where = programs()
    if where is None:
        raise LookupError("PostgreSQL is not installed (Debian: postgresql)")
    user = somebody()
    folder = Path(tempfile.mkdtemp(prefix="taizhang-pg-"))
    try:
        (folder / "password").write_text(PASSWORD)
        if user:
            for path in (folder, folder / "password"):
                shutil.chown(path, user)
        run = {"user": user, "cwd": folder, "check": True, "capture_output": True, "env": {**os.environ, "LC_ALL": "C"}}
        data = folder / "data"
        made = ["-D", data, "-U", OWNER, "-A", "scram-sha-256", "-E", "UTF8", "--no-sync", "--no-instructions"]
        subprocess.run([where / "initdb", *made, f"--pwfile={folder / 'password'}"], **run)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        said = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        start = [where / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", said, "start"]
        subprocess.run(start, **{**run, "capture_output": False, "stdout": subprocess.DEVNULL})
        try:
            yield Server(port)
        finally:
            subprocess.run([where / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
