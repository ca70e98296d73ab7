"""A page's elements in order → blocks: paragraphs, cells, notes, what is hidden, what belongs to the site."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from lxml import etree

from ..model import Block, BlockKind, Look, Loss
from .debris import FILES
from .guard import refusal
from .htmldraft import Draft, furnish, made
from .htmllist import Lists
from .htmlpage import Page
from .htmltable import CELLS, GROUPS, Grid
from .htmltree import BLOCKS, CONTROLS, EMBEDDED, UNSEEN, Style, restyle, words
from .lines import BREAK, paragraphs

WORDS_LIMIT = 1_000_000  # characters of one paragraph
NOTE = re.compile(r"mso-element: *(?:foot|end)note\b")
COMMENT = re.compile(r"mso-element: *comment\b")
NOTE_ID = re.compile(r"sd(?:foot|end)note[0-9]+$")


@dataclass
class _Run:
    """Words that no block has yet: the raw text, where its style changes, how much of it is a link."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    marks: list[int] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    file: bool = False


class Flow:
    """One walk over one page. `finished` gives what it found.

    spaced   a line feed in the source stands for a blank even between two Chinese characters (LibreOffice)
    """

    def __init__(self, path: str, page: Page, spaced: bool = False) -> None:
        self.path, self.page, self.spaced = path, page, spaced
        self.drafts: list[Draft] = []
        self.losses: list[Loss] = []
        self.lists = Lists()
        self.run = _Run()
        self.styles = [Style()]
        self.grids: list[Grid | None] = []  # open tables; None for one that only holds the page
        self.cells: list[Draft | None] = []  # open cells of those tables
        self.kinds: list[BlockKind] = ["paragraph"]
        self.site = 0
        self.inside = 0
        self.links = 0
        self.tables = 0
        self.asides: list[Draft] = []

    def walk(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if not self.start(element):
                    walk.skip_subtree()
            else:
                self.end(element)
        self.flush()

    def start(self, element: etree._Element) -> bool:
        """Enter an element; False when what is below it is not to be walked."""
        tag = element.tag
        style = restyle(element, self.styles[-1])
        self.styles.append(style)
        if tag in UNSEEN:
            return False
        if tag in EMBEDDED:
            source = element.get("src") or element.get("data") or ""
            self.lose("embedded_object" if FILES.search(source) else "", source)
            return False
        if style.hidden:
            self.hide(words(element))
            return False
        if tag in BLOCKS or element in self.page.site:
            self.flush()
        if tag in CONTROLS or tag == "input":
            self.control(element)
            return False
        if tag in ("del", "rt", "rp"):
            self.lose("deleted_text" if tag == "del" else "ruby_text" if tag == "rt" else "", words(element))
            return False
        note = element.get("style") or ""
        if COMMENT.search(note):
            self.lose("comment", words(element))
            return False
        if tag == "br":
            self.add(BREAK)
        elif tag == "hr":
            self.flush()
        elif tag == "img":
            self.picture(element)
        self.open(element, tag)
        self.add(element.text or "")
        return True

    def open(self, element: etree._Element, tag: str) -> None:
        self.site += element in self.page.site
        self.inside += element is self.page.main
        self.links += tag == "a" and element.get("href") is not None
        if tag == "a" and FILES.search(element.get("href") or ""):
            self.run.file = True
        self.kinds.append(self.kind(element))
        if tag in ("ol", "ul", "li", "dir", "menu"):
            self.lists.open(element, tag)
        elif tag == "table":
            seen_through = element in self.page.layout or self.site
            self.grids.append(None if seen_through else Grid(self.tables, self.refuse))
            self.tables += not seen_through
        elif tag == "tr" and self.grids and self.grids[-1] is not None:
            self.grids[-1].begin_row(element)
        elif tag in CELLS and self.grids:
            self.open_cell(element)

    def open_cell(self, element: etree._Element) -> None:
        grid = self.grids[-1]
        draft = None
        if grid is not None:
            draft = Draft("cell", [], [], placed=grid.begin_cell(element))
            self.drafts.append(draft)
        self.cells.append(draft)

    def kind(self, element: etree._Element) -> BlockKind:
        if not element.keys():
            return self.kinds[-1]
        if NOTE.search(element.get("style") or "") or NOTE_ID.match(element.get("id") or ""):
            return "footnote"
        if element.tag == "div" and element.get("title") in ("header", "footer"):  # as LibreOffice saves them
            return "header" if element.get("title") == "header" else "footer"
        return self.kinds[-1]

    def end(self, element: etree._Element) -> None:
        tag, style = element.tag, self.styles.pop()
        skipped = (
            tag in UNSEEN or tag in EMBEDDED or tag in CONTROLS or style.hidden or tag in ("input", "del", "rt", "rp")
        )
        if not skipped and not COMMENT.search(element.get("style") or ""):
            if tag in BLOCKS or element in self.page.site:
                self.flush()
            self.close(element, tag)
        self.add(element.tail or "")

    def close(self, element: etree._Element, tag: str) -> None:
        self.kinds.pop()
        self.site -= element in self.page.site
        self.inside -= element is self.page.main
        self.links -= tag == "a" and element.get("href") is not None
        if tag in ("ol", "ul", "li", "dir", "menu"):
            if label := self.lists.close(tag):
                self.number(label)
        elif tag == "table":
            grid = self.grids.pop()
            if grid is not None:
                grid.end()
        elif tag in GROUPS and self.grids and self.grids[-1] is not None:
            self.grids[-1].end_group()
        elif tag in CELLS and self.grids:
            self.cells.pop()

    def add(self, text: str) -> None:
        if not text:
            return
        run, style = self.run, self.styles[-1]
        if style.pre:
            text = text.replace("\n", BREAK)
        if not run.styles or run.styles[-1] is not style:
            run.marks.append(run.size)
            run.styles.append(style)
        if self.links:
            run.links.append((run.size, run.size + len(text)))
        run.parts.append(text)
        run.size += len(text)

    def flush(self) -> None:
        """Make paragraphs of the words that wait; inside a cell they are further lines of it."""
        if not self.run.parts and not self.asides:
            return
        run, self.run = self.run, _Run()
        raw = "".join(run.parts)
        cell = next((c for c in reversed(self.cells) if c is not None), None)
        if raw.replace(BREAK, "").strip():
            for offset, text in paragraphs(raw, self.spaced):
                if len(text) > WORDS_LIMIT:
                    raise refusal(self.path, "too_large", f"一段文字超过 {WORDS_LIMIT // 10_000} 万字", "拆分后再试")
                look = self.look(run.styles[bisect_right(run.marks, offset) - 1])
                label = self.lists.label(text)
                if cell is not None:
                    lines = text.split("\n")
                    cell.lines += lines
                    cell.labels += [label, *[""] * (len(lines) - 1)]
                    continue
                self.drafts.append(Draft(self.kinds[-1], [text], [label], look, site=bool(self.site), file=run.file))
            if cell is None:
                self.tally(raw, run)
        for draft in self.asides:
            if draft.text:
                self.drafts.append(draft)
        self.asides = []

    def number(self, label: str) -> None:
        """A number that stands alone."""
        cell = next((c for c in reversed(self.cells) if c is not None), None)
        if cell is not None:
            cell.lines.append("")
            cell.labels.append(label)
        else:
            self.drafts.append(Draft(self.kinds[-1], [""], [label], site=bool(self.site)))

    def tally(self, raw: str, run: _Run) -> None:
        # links are counted for the whole run; a paragraph that only breaks parted shares them
        draft = self.drafts[-1]
        draft.chars = len("".join(raw.replace(BREAK, "").split()))
        draft.linked = sum(len("".join(raw[a:b].replace(BREAK, "").split())) for a, b in run.links)
        draft.file = draft.file or bool(FILES.search(draft.text))

    def look(self, style: Style) -> Look:
        return Look(style.bold, style.size, style.centered, style.level)

    def hide(self, text: str) -> None:
        if text:
            self.aside(Draft("paragraph", [text], [""], hidden=True, site=bool(self.site)))
            self.lose("hidden_text", text)

    def control(self, element: etree._Element) -> None:
        """A button or a list to choose from is the site's; words typed into a field are words of the page."""
        if element.tag == "input":
            kind = (element.get("type") or "text").lower()
            value = (element.get("value") or "").strip()
            if kind in ("text", "number", "date"):
                self.add(value)
                return
            text = value if kind in ("submit", "button", "reset") else ""
        else:
            text = words(element)
        self.aside(Draft("paragraph", [text], [""], site=True))

    def picture(self, element: etree._Element) -> None:
        """A picture of some size where words could stand; small ones adorn the page."""
        sizes = [int(n) for n in (element.get("width"), element.get("height")) if n and n.isdigit()]
        if not self.links and all(n >= 100 for n in sizes):
            self.lose("picture_only", "")

    def lose(self, code: str, text: str) -> None:
        if (
            code
            and self.inside
            and not self.site
            and not (code in ("deleted_text", "ruby_text", "comment") and not text)
        ):
            self.losses.append(Loss(code, text[:2000], "", len(self.drafts)))

    def aside(self, draft: Draft) -> None:
        self.asides.append(draft)

    def refuse(self) -> Exception:
        return refusal(self.path, "too_many_cells")

    def finished(self) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
        """The blocks and losses of the whole page."""
        furnish(self.drafts)
        blocks = tuple(made(seq, draft) for seq, draft in enumerate(self.drafts))
        end = max((n for n, draft in enumerate(self.drafts) if not draft.site), default=-1) + 1
        last = len(blocks) - 1
        # what stands behind the first line of the site below a document is the site's
        return blocks, tuple(
            replace(loss, block=min(loss.block or 0, last) if last >= 0 else None)
            for loss in self.losses
            if (loss.block or 0) <= end
        )
