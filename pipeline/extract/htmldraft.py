"""Blocks on their way, and which of them belong to the site: told by where they stand, what they link to, what they say."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Block, BlockKind, Look
from .debris import LABELS, around, tools
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
    first, last = _body(drafts)
    for n, draft in enumerate(drafts):
        if draft.kind != "paragraph" or draft.hidden:
            continue
        outside = n < first or n > last
        kept = draft.look.outline_level == 1 or LABELS.search(draft.text)
        if draft.site or tools(draft.text) or (outside and not kept and (_linked(draft) or around(draft.text))):
            draft.site = True
    for n, (before, draft, after) in enumerate(zip(drafts, drafts[1:], drafts[2:], strict=False), 1):
        if draft.kind != "paragraph" or not (before.site and after.site):
            continue
        # the heading of a list of links: short, the site's on both sides; above a document its title stands so too
        if (n > last and len(draft.text) <= 15) or (
            n < first and len(draft.text) <= 8 and _linked(before) and _linked(after)
        ):
            draft.site = True
    for n, draft in enumerate(drafts):
        if draft.site and draft.kind == "paragraph" and not draft.hidden:
            draft.kind = "header" if n < first else "footer"


def _body(drafts: list[Draft]) -> tuple[int, int]:
    # the first and the last block of running text; tables count where they stand below it, or alone
    running = [n for n, draft in enumerate(drafts) if _running(draft)]
    cells = [n for n, draft in enumerate(drafts) if draft.kind == "cell" and draft.text]
    if not running and not cells:
        return len(drafts), -1
    return (running or cells)[0], max([*running[-1:], *cells[-1:]])


def _linked(draft: Draft) -> bool:
    # an entry of a menu or of a list of other pages, its date beside it; a link to a file is an attachment
    return draft.chars > 0 and draft.linked * 5 >= draft.chars * 3 and not draft.file


def _running(draft: Draft) -> bool:
    if draft.site or draft.hidden or draft.kind != "paragraph" or around(draft.text):
        return False
    own = draft.chars - draft.linked
    if _linked(draft):
        return False
    return own >= RUNNING or (own > 0 and draft.text.rstrip("”）)")[-1:] in "。；")
