"""What a run tells as it goes on, one value an event; whoever asked for the run prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Read:
    """A file that is read and stored.

    replaces   the file name of the version that was current before, "" when there was none
    current    whether this is now the current version of its plan
    changes    `table gained|lost|changed` → rows, when it had been read before
    """

    file: str
    document_id: str
    title: str
    plan_year: int | None
    tasks: int
    findings: int
    replaces: str = ""
    current: bool = True
    changes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read; it stays where it is, a copy and the reason lie in `quarantined`."""

    file: str
    code: str
    why: str
    remedy: str
    place: str = ""
    quarantined: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """A name whose content is known already, as that of another file."""

    file: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that somebody is still writing; the next run reads it."""

    file: str


@dataclass(frozen=True, slots=True)
class Step:
    """So many of the files to read are done; for a line of progress."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Load:
    """The run as a whole, the last event.

    load_id    its number in the record's table `loads`; None when there was nothing to do and nothing was written
    seen       files that lie in the inbox
    skipped    of these, files whose content was known
    changed    plans whose rows are others than before (`reparse`)
    published  whether tables were published
    """

    load_id: int | None
    seen: int
    read: int
    failed: int
    skipped: int
    waiting: int
    quarantined: int
    changed: int
    published: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Watching:
    """`watch` has begun: what comes from now on is seen."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A run of `watch` that could not begin or go on: one line, with what to do; it is tried again."""

    message: str


Event = Read | Refused | Same | Waiting | Step | Load | Watching | Trouble
