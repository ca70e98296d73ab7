"""The inbox looked after: what arrives is ingested as it arrives, until it is stopped."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path
from types import FrameType

from ..errors import CallWrong, RecordUnavailable, RulesInvalid
from ..model import Ocr
from ..workers import Told, silence
from .events import Event, Load, Trouble, Watching
from .inbox import SETTLE, passed_over
from .intake import ingest, is_inbox

_LOOK = 500  # ms between two looks at what the system has told
_AGAIN = 30.0  # seconds after a trouble (a full disk, another run) until the next try


def watch(
    inbox: Path,
    outputs: Path,
    rules: Path | None = None,
    *,
    settle: float = SETTLE,
    ocr: Ocr = "auto",
    every: float = 300.0,
    stop: threading.Event,
    told: Told = silence,
) -> Generator[Event, None, None]:
    """Ingest what lies in the inbox, then what comes, until `stop` is set; the events of every run, one after another.

    every    seconds after which the inbox is looked through, although the system told of no change (network drives)
    raises   CallWrong when there is no such inbox at the start; a later trouble is an event, and is tried again
    """
    from watchfiles import watch as changes

    is_inbox(inbox)
    worth = _filter(inbox.absolute(), outputs.absolute())
    due = time.monotonic()
    begun = False
    while not stop.is_set():
        if not inbox.is_dir():  # a drive that is gone for a while
            yield Trouble(f"收件夹 {inbox} 不见了 → 接回后自动继续")
            while not inbox.is_dir() and not stop.wait(1.0):
                pass
            due = time.monotonic()
            continue
        for new in changes(
            inbox,
            watch_filter=worth,
            stop_event=stop,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            # watching begins before the first look: what comes meanwhile is not missed
            if not begun:
                begun = True
                yield Watching()
            if not inbox.is_dir():
                break
            if new or time.monotonic() >= due:
                wait = every
                how = partial(ingest, inbox, outputs, rules, settle=settle, ocr=ocr, command="watch", told=told)
                for event in _tried(how):
                    if isinstance(event, Trouble):
                        wait = min(_AGAIN, every)
                    elif isinstance(event, Load) and event.waiting:
                        wait = min(max(settle, 1.0), every)
                    yield event
                due = time.monotonic() + wait


def stopped_by_signal(stop: threading.Event) -> None:
    """Have Ctrl-C and SIGTERM (systemd) set `stop` and break off what is being done."""

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)


def _tried(run: Callable[[], Iterator[Event]]) -> Iterator[Event]:
    try:
        yield from run()
    except (RecordUnavailable, CallWrong) as error:
        yield Trouble(str(error))
    except RulesInvalid as error:
        yield Trouble(f"规则没有载入：{len(error.faults)} 处错误，如 {error.faults[0]}")


def _filter(inbox: Path, outputs: Path) -> Callable[[object, str], bool]:
    def told(change: object, path: str) -> bool:
        # what is written into the outputs must not call for another run
        one = Path(path)
        if one == outputs or outputs in one.parents:
            return False
        try:
            parts = one.relative_to(inbox).parts
        except ValueError:
            return True
        return not any(passed_over(part) for part in parts)

    return told
