"""Blocks on their way, and which of them belong to the site: told by where they stand, what they link to, what they say."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Block, BlockKind, Look
from .debris import around, tools
from .htmltable import Placed

RUNNING = 40  # a line of that many characters outside of links is running text


@dataclass
class Draft:
    """A block on its way: a cell grows until its table ends; `site` and the link counts tell furniture from text."""

    kind: BlockKind
    lines: list[str]
    labels: list[str]
    look: Look = field(default_factory=Look)
    placed: Placed | None = None
    hidden: bool = False
    site: bool = False
    chars: int = 0
    linked: int = 0
    file: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def made(seq: int, draft: Draft) -> Block:
    """The finished block: blank lines at the end of a cell left out."""
    while draft.lines and not draft.lines[-1].strip() and not draft.labels[-1]:
        draft.lines.pop()
        draft.labels.pop()
    place = draft.placed.place if draft.placed else None
    label = "\n".join(draft.labels).rstrip("\n")
    return Block(seq, draft.kind, draft.text, label, place, look=draft.look, hidden=draft.hidden)


def furnish(drafts: list[Draft]) -> None:
    """Give the drafts that are the site's their kind: header before the running text, footer after it."""
    body = [n for n, draft in enumerate(drafts) if _running(draft)]
    first, last = (body[0], body[-1]) if body else (len(drafts), -1)
    for n, draft in enumerate(drafts):
        if draft.kind != "paragraph" or draft.hidden:
            continue
        outside = n < first or n > last
        linked = draft.chars and draft.linked * 5 >= draft.chars * 4 and not draft.file
        own = draft.look.outline_level == 1
        if draft.site or tools(draft.text) or (outside and not own and (linked or around(draft.text))):
            draft.site = True
    tail = drafts[last + 1 :]
    for before, draft, after in zip(tail, tail[1:], tail[2:], strict=False):
        # the heading of a list of links: short, the site's on both sides
        if draft.kind == "paragraph" and before.site and after.site and len(draft.text) <= 15:
            draft.site = True
    for n, draft in enumerate(drafts):
        if draft.site and draft.kind == "paragraph" and not draft.hidden:
            draft.kind = "header" if n < first else "footer"


def _running(draft: Draft) -> bool:
    if draft.site or draft.hidden or draft.kind not in ("paragraph", "cell") or around(draft.text):
        return False
    own = draft.chars - draft.linked
    return draft.kind == "cell" or own >= RUNNING or (own > 0 and draft.text.rstrip("”）)")[-1:] in "。；")
