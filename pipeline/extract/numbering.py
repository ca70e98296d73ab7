"""The numbers that Word prints and does not store: numbering.xml and styles.xml → the label of each paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .numerals import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class _Level:
    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def val(parent: etree._Element | None, tag: str) -> str | None:
    """The w:val of a child; None when there is no such child."""
    child = parent.find(W + tag) if parent is not None else None
    return None if child is None else child.get(W + "val")


class Numbering:
    """Counters of one document. `label` is asked once for each paragraph, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles.iterchildren(W + "style"):
            ppr = style.find(W + "pPr")
            numpr = ppr.find(W + "numPr") if ppr is not None else None
            ilvl = val(numpr, "ilvl")
            key = style.get(W + "styleId") or ""
            self._styles[key] = (val(numpr, "numId"), int(ilvl) if ilvl else None, val(style, "basedOn"))

    def _read_lists(self, numbering: etree._Element) -> None:
        abstracts: dict[str, etree._Element] = {}
        linked: dict[str, str] = {}
        for abstract in numbering.iterchildren(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId") or ""
            abstracts[key] = abstract
            if style := val(abstract, "styleLink"):
                linked[style] = key
        for num in numbering.iterchildren(W + "num"):
            key = val(num, "abstractNumId") or ""
            if key not in abstracts:
                continue
            abstract = abstracts[key]
            if (link := val(abstract, "numStyleLink")) and link in linked:
                key = linked[link]
                abstract = abstracts[key]
            made = _List(key)
            for lvl in abstract.iterchildren(W + "lvl"):
                made.levels[int(lvl.get(W + "ilvl") or 0)] = _level(lvl)
            for over in num.iterchildren(W + "lvlOverride"):
                depth = int(over.get(W + "ilvl") or 0)
                inner = over.find(W + "lvl")
                if inner is not None:
                    made.levels[depth] = _level(inner)
                if (start := val(over, "startOverride")) is not None:
                    made.starts[depth] = int(start)
            number = num.get(W + "numId") or ""
            self._lists[number] = made
            for depth, level in made.levels.items():
                if level.style:
                    self._by_style.setdefault(level.style, (number, depth))

    def label(self, ppr: etree._Element | None) -> str:
        """The number printed before a paragraph with these properties; "" when none is. Counts it."""
        found = self._place(ppr)
        if found is None:
            return _printed(ppr)
        number, depth = found
        one = self._lists.get(number)
        level = one.levels.get(depth) if one else None
        if one is None or level is None:
            return ""
        counters = self._counters.setdefault(one.abstract, {})
        if depth in one.starts and (number, depth) not in self._begun:
            # an override of the start counts once, at the first paragraph of this list
            counters[depth] = one.starts[depth]
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else level.start
        self._begun.add((number, depth))
        for deeper in [d for d in counters if d > depth]:
            restart = one.levels[deeper].restart if deeper in one.levels else None
            # lvlRestart 0 never restarts; n restarts only after level n (counted from 1) or one above it
            if restart is None or (restart and depth < restart):
                del counters[deeper]
        if level.fmt == "bullet":
            return _bullet(level.text)
        out = level.text
        for d in range(9):
            if f"%{d + 1}" in out:
                above = one.levels.get(d)
                value = counters.setdefault(d, above.start if above else 1)
                fmt = "decimal" if level.legal and d != depth else above.fmt if above else "decimal"
                out = out.replace(f"%{d + 1}", numeral(value, fmt))
        return "" if level.fmt == "none" and not out.strip() else out.strip()

    def _place(self, ppr: etree._Element | None) -> tuple[str, int] | None:
        numpr = ppr.find(W + "numPr") if ppr is not None else None
        number, ilvl = val(numpr, "numId"), val(numpr, "ilvl")
        style = val(ppr, "pStyle")
        if number is None:
            seen: set[str] = set()
            key = style
            while key and key in self._styles and key not in seen:
                seen.add(key)
                inherited, depth, based = self._styles[key]
                if inherited is not None:
                    number = inherited
                    if ilvl is None:
                        by = self._by_style.get(key)
                        ilvl = str(depth if depth is not None else by[1] if by and by[0] == number else 0)
                    break
                key = based
        if number is None or number == "0":
            return None
        return number, int(ilvl or 0)


def _level(lvl: etree._Element) -> _Level:
    restart = val(lvl, "lvlRestart")
    legal = lvl.find(W + "isLgl")
    return _Level(
        int(val(lvl, "start") or 1),
        val(lvl, "numFmt") or "decimal",
        val(lvl, "lvlText") or "",
        None if restart is None else int(restart),
        legal is not None and legal.get(W + "val") not in ("0", "false"),
        val(lvl, "pStyle"),
    )


def _printed(ppr: etree._Element | None) -> str:
    # Word 2003 stores the number that it printed: w:listPr/wx:t
    listed = ppr.find(W + "listPr") if ppr is not None else None
    for child in listed if listed is not None else ():
        if str(child.tag).endswith("/auxHint}t"):
            return str(next((value for key, value in child.attrib.items() if str(key).endswith("}val")), "")).strip()
    return ""


def _bullet(text: str) -> str:
    return "".join("•" if "\ue000" <= c <= "\uf8ff" else c for c in text).strip()
