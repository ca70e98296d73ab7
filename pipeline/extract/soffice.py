"""LibreOffice, where it is installed, as the reader of last resort: another format → docx, in a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from ..model import Block, Loss
from . import docx
from .guard import more_time, refusal

SECONDS = 60
_OWN_GROUP = 0 if os.name == "posix" else None
_NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def read(path: str, data: bytes) -> tuple[tuple[Block, ...], tuple[Loss, ...], None]:
    """The blocks of an RTF or ODT document, read through LibreOffice. Raises Unreadable (needs_program when it is not there)."""
    if not program():
        raise refusal(path, "needs_program")
    converted = convert(data, ".rtf" if data.startswith(b"{\\rtf") else ".odt")
    if converted is None:
        raise refusal(path, "damaged")
    return docx.read(path, converted)


def program() -> str | None:
    """Where LibreOffice is, None when it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def convert(data: bytes, ending: str, wanted: str = ".docx") -> bytes | None:
    """The file in another format; None when LibreOffice is not there, gives nothing, or takes over a minute.

    No macro runs and no link is followed: a fresh profile has both switched off.
    """
    found = program()
    if not found:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"in{ending}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        call = [found, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", wanted[1:]]
        more_time(SECONDS)
        if not _ran([*call, "--outdir", folder, str(source)]):
            return None
        made = Path(folder, f"in{wanted}")
        return made.read_bytes() if made.exists() else None


def _ran(call: list[str]) -> bool:
    """Run a program within the time limit; whatever it started ends with it."""
    # nothing is read from it: a grandchild that holds a pipe open would be waited for
    null = subprocess.DEVNULL
    try:
        process = subprocess.Popen(call, stdin=null, stdout=null, stderr=null, process_group=_OWN_GROUP)
    except OSError:
        return False
    try:
        process.wait(SECONDS)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        if _OWN_GROUP is None:
            process.kill()
        else:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
