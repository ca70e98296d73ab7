"""What there is to do: the inbox as it lies beside what the record knows of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from .. import __version__
from ..database import FILE
from ..errors import Unreadable
from ..extract.soffice import program
from ..run import state
from .inbox import Lying, again, digest
from .quarantine import inside
from .seen import Refusal, Seen


@dataclass(slots=True)
class Looked:
    """The files of an inbox, sorted out.

    now      name → the file and its content
    waiting  files that somebody is still writing
    closed   what cannot be opened
    """

    now: dict[str, tuple[Lying, str]] = field(default_factory=dict)
    waiting: list[Lying] = field(default_factory=list)
    closed: list[Unreadable] = field(default_factory=list)

    def contents(self) -> Mapping[str, list[str]]:
        """Content → the names it lies under, in order."""
        found: dict[str, list[str]] = {}
        for name, (_, content) in sorted(self.now.items()):
            found.setdefault(content, []).append(name)
        return found


def nothing_to_do(found: Sequence[Lying], was: Seen, outputs: Path, rules_version: Callable[[], str]) -> bool:
    """Whether all is as the last run left it; looks at no file's bytes.

    rules_version   gives the present rule book's; asked only when something could not be read
    """
    if was.broken or not is_out(was, outputs) or (outputs / f"{FILE}.wal").exists():
        return False
    if {one.name: one.stamp for one in found} != {name: stamp for name, (stamp, _) in was.files.items()}:
        return False
    there = inside(outputs)
    if there != {one.quarantined for content, one in was.refused.items() if content not in was.read}:
        return False
    failed = {content for _, content in was.files.values()} - was.read.keys()
    if not failed:
        return True
    version = rules_version()
    return failed <= was.refused.keys() and not any(is_due(was.refused[one], there, version) for one in failed)


def is_due(one: Refusal, there: set[str], rules_version: str) -> bool:
    """Whether a content that could not be read is tried again: by a newer program or rule book, with what was missing
    then, or because its reason was taken out of the quarantine."""
    if one.parser_version != __version__ or one.rules_version != rules_version or one.quarantined not in there:
        return True
    if one.code == "needs_program":
        return program() is not None
    return one.code == "needs_recognition" and find_spec("rapidocr") is not None


def is_out(was: Seen, outputs: Path) -> bool:
    """Whether what is published is the record's present state, and all of it is there."""
    if not was.changes:
        return True
    if was.published != state(was.changes) or not (outputs / "unmatched.csv").is_file():
        return False
    try:
        resources = json.loads((outputs / "datapackage.json").read_bytes())["resources"]
        return all((outputs / one["path"]).stat().st_size == one["bytes"] for one in resources)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def look(found: Sequence[Lying], closed: Sequence[Unreadable], was: Seen, inbox: Path, settle: float) -> Looked:
    """Sort out the files of an inbox; those that are new or touched are read through for their content.

    settle   seconds in which nobody may have touched a file; it is waited for once, for all
    """
    out = Looked(closed=list(closed))
    touched: list[Lying] = []
    for one in found:
        stamp, content = was.files.get(one.name, (None, ""))
        if stamp == one.stamp:
            out.now[one.name] = one, content
        else:
            touched.append(one)
    for one in _settled(touched, inbox, settle, out):
        try:
            made = digest(one)
        except Unreadable as unreadable:
            out.closed.append(unreadable)
            continue
        if made is None:
            out.waiting.append(one)
        else:
            out.now[one.name] = one, made
    return out


def _settled(touched: Sequence[Lying], inbox: Path, settle: float, out: Looked) -> Iterator[Lying]:
    now = time.time()
    # a time in the future (the clock of a share) says nothing: such a file is watched as long as a fresh one
    young = {one.name: max(0.0, now - one.touched()) for one in touched if now - one.touched() < settle}
    if young:
        time.sleep(settle - min(young.values()))
    for one in touched:
        if one.name in young:
            later = again(one, inbox)
            if later is None:
                continue
            if later.stamp != one.stamp:
                out.waiting.append(later)
                continue
        yield one
