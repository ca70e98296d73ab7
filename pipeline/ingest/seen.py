"""What the record knows of an inbox: which content lay under which path, what could not be read, which run did what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .inbox import Lying

if TYPE_CHECKING:
    from ..store import Record

Statement = tuple[str, tuple[Any, ...]]
Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A content that could not be read, the path it was read at, and what it was tried with."""

    sha256: str
    path: str
    code: str
    quarantined: str
    parser_version: str
    rules_version: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the record knew when it was asked.

    files      of this inbox: name → (its stamp, its content)
    gone       contents that lay in this inbox once → the name they had
    read       contents that are documents → the file name of the document
    refused    contents that could not be read, of every inbox
    published  which state of the record is out, and how many changes the record has seen
    broken     whether the last run was broken off
    """

    files: Mapping[str, tuple[Stamp, str]]
    gone: Mapping[str, str]
    read: Mapping[str, str]
    refused: Mapping[str, Refusal]
    published: str
    changes: int
    broken: bool


NOTHING = Seen({}, {}, {}, {}, "", 0, False)


def seen(record: Record, inbox: str) -> Seen:
    """All that is known of an inbox; raises RecordUnavailable."""
    lying, gone = {}, {}
    for name, content, *stamp, gone_in in record.query(
        "SELECT path, sha256, size, mtime_ns, ctime_ns, inode, gone_in FROM files WHERE inbox = ? ORDER BY seen_in",
        inbox,
    ):
        if gone_in is None:
            lying[name] = (tuple(stamp), content)
        else:
            gone[content] = name
    meta = dict(record.query("SELECT name, value FROM meta"))
    last = record.query("SELECT ended_at IS NULL FROM loads ORDER BY load_id DESC LIMIT 1")
    return Seen(
        lying,
        gone,
        dict(record.query("SELECT sha256, file_name FROM documents")),
        refusals(record),
        meta["published"],
        int(meta["changes"]),
        bool(last and last[0][0]),
    )


def refusals(record: Record) -> dict[str, Refusal]:
    """The contents that could not be read."""
    rows = record.query(
        "SELECT sha256, path, code, quarantined, parser_version, rules_version FROM refusals ORDER BY sha256"
    )
    return {row[0]: Refusal(*row) for row in rows}


def begun(load: int, command: str, inbox: str, started: datetime, versions: tuple[str, str]) -> Statement:
    """What puts a new run into `loads`."""
    columns = "load_id, command, inbox, started_at, parser_version, rules_version"
    return f"INSERT INTO loads ({columns}) VALUES (?, ?, ?, ?, ?, ?)", (load, command, inbox, started, *versions)


def next_load(record: Record) -> int:
    """The number of the next run."""
    return int(record.query("SELECT coalesce(max(load_id), 0) + 1 FROM loads")[0][0])


def ended(load: int, at: datetime, counts: Sequence[int]) -> Statement:
    """What closes a run: counts of files seen, read, failed, skipped, waiting."""
    row = (
        "UPDATE loads SET ended_at = ?, files_seen = ?, files_read = ?, files_failed = ?, files_skipped = ?, "
        "files_waiting = ? WHERE load_id = ?"
    )
    return row, (at, *counts, load)


def moves(
    was: Seen, now: Mapping[str, tuple[Lying, str]], still: Iterable[str], inbox: str, load: int
) -> list[Statement]:
    """What brings `files` from what was seen to what lies there now: name → (file, content).

    still   names that lie there, too, and that are not looked at in this run: what was known of them stays
    """
    away = "UPDATE files SET gone_in = ? WHERE inbox = ? AND path IN (SELECT unnest(?)) AND gone_in IS NULL"
    touched = (
        "UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ? "
        "WHERE inbox = ? AND path = ? AND gone_in IS NULL"
    )
    came = "INSERT INTO files SELECT ?, {}, ?, NULL".format(", ".join(["unnest(?)"] * 6))
    gone = sorted(was.files.keys() - now.keys() - set(still))
    other = {name: one for name, one in now.items() if name not in was.files or was.files[name][1] != one[1]}
    out: list[Statement] = [
        (touched, (*lying.stamp, inbox, name))
        for name, (lying, content) in now.items()
        if name not in other and was.files[name][0] != lying.stamp
    ]
    if replaced := gone + sorted(other.keys() & was.files.keys()):
        out.append((away, (load, inbox, replaced)))
    if other:
        columns = zip(*((name, content, *lying.stamp) for name, (lying, content) in other.items()), strict=True)
        out.append((came, (inbox, *map(list, columns), load)))
    return out


def refused(one: Refusal, why: str, remedy: str, place: str, load: int) -> list[Statement]:
    """What notes a content that could not be read."""
    row = (one.sha256, one.path, one.code, why, remedy, place, one.quarantined)
    return [
        ("DELETE FROM refusals WHERE sha256 = ?", (one.sha256,)),
        (
            "INSERT INTO refusals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, one.parser_version, one.rules_version, load),
        ),
    ]


def read_after_all(contents: Sequence[str]) -> list[Statement]:
    """What forgets refusals of contents that are read now."""
    return [("DELETE FROM refusals WHERE sha256 IN (SELECT unnest(?))", (list(contents),))] if contents else []


# refusals of contents that lie in no inbox any longer
TIDY: Statement = ("DELETE FROM refusals WHERE sha256 NOT IN (SELECT sha256 FROM files WHERE gone_in IS NULL)", ())
