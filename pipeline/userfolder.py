"""The user's own folder for what can be made again; a shared folder for temporary files is no place to load from."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """The cache folder of this user, made if need be; None where there is none that can be written.

    $XDG_CACHE_HOME/taizhang or ~/.cache/taizhang; ~/Library/Caches on a Mac, %LOCALAPPDATA% on Windows.
    """
    home = Path.home() if "HOME" in os.environ or sys.platform == "win32" else None
    if said := os.environ.get("XDG_CACHE_HOME"):
        above: Path | None = Path(said)
    elif sys.platform == "win32":
        above = Path(local) if (local := os.environ.get("LOCALAPPDATA")) else home
    elif sys.platform == "darwin":
        above = home / "Library" / "Caches" if home else None
    else:
        above = home / ".cache" if home else None
    if above is None or not above.is_absolute():
        return None
    folder = above / "taizhang"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None
