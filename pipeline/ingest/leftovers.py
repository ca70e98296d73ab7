"""What a run that was killed left in the folder of outputs, taken away by the next one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path

from ..database import FILE, SPILLED


def sweep(outputs: Path) -> None:
    """Remove the temporaries of runs that are gone; whoever calls it holds the folder. Nothing happens when it cannot."""
    with contextlib.suppress(OSError):
        for left in [*outputs.glob(f".{FILE}.*.tmp*"), *outputs.glob(f"{SPILLED}*")]:
            if _lives(left):
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _lives(left: Path) -> bool:
    # a temporary of another command that is at work: its name holds the number of the process
    number = re.search(r"\.(\d+)(?:\.tmp|$)", left.name)
    if number is None or int(number[1]) == os.getpid():
        return False
    try:
        os.kill(int(number[1]), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
