"""The shape of a web page below the words: one safe parser, kinds of elements, how a paragraph looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from .guard import refusal


def names(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


BLOCKS = names(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol p pre search
    section summary table tbody td tfoot th thead tr ul"""
)
# no browser shows what these hold
UNSEEN = names("script style template noscript head link meta base title datalist colgroup col")
# shown by something else than words; whatever they hold is for browsers that cannot
EMBEDDED = names("iframe object embed applet audio video canvas svg frame")
HEADINGS = names("h1 h2 h3 h4 h5 h6")
CONTROLS = names("select button")
BOLD = names("b strong h1 h2 h3 h4 h5 h6 th")
DRESSED = BOLD | names("table center caption pre textarea")
FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_SIZE = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?) *(pt|px|in|cm|mm)\b")


@dataclass(frozen=True, slots=True)
class Style:
    """What is inherited on the way down: look, kept line feeds, invisibility."""

    bold: bool = False
    size: float | None = None
    centered: bool = False
    pre: bool = False
    hidden: bool = False
    level: int | None = None  # of the heading it stands in


def parse_html(path: str, text: str) -> etree._Element | None:
    """The tree of a page; None when it holds no element. Nothing is fetched, no entity but the named ones resolved.

    raises   Unreadable: xml_dtd when the page defines entities, too_deep when the parser gave up on its nesting
    """
    if "<!ENTITY" in text[:4096].upper():
        raise refusal(path, "xml_dtd")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(untemplated(text).replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise refusal(path, "too_deep")
    return root


def untemplated(text: str) -> str:
    """A page without what a server would have filled in: <% … %>, <? … ?>, ${…}, {{…}}, <#if …>."""
    for start, end in (("<%", "%>"), ("<?", "?>"), ("${", "}"), ("{{", "}}")):
        parts = text.split(start)
        if len(parts) > 1:
            # an opening without its end stays as it is
            text = parts[0] + "".join(
                rest if end in one else start + one for one in parts[1:] for rest in [_after(one, end)]
            )
    return re.sub(r"</?[#@][a-z][^<>]{0,500}>", "", text)


def _after(text: str, end: str) -> str:
    return text.partition(end)[2]


@lru_cache(maxsize=4096)
def css(style: str) -> dict[str, str]:
    """The declarations of a style attribute, names and values in lower case."""
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value}


def restyle(element: etree._Element, above: Style) -> Style:
    """The style inside an element, given the one around it."""
    tag = element.tag
    if tag not in DRESSED and not element.keys():
        return above
    own = css(element.get("style") or "")
    bold, size, centered, pre = above.bold or tag in BOLD, above.size, above.centered, above.pre
    weight = own.get("font-weight")
    if weight:
        bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
    if found := _SIZE.search(own.get("font-size") or own.get("font") or ""):
        size = float(found[1]) * POINTS[found[2]]
    elif tag == "font" and (element.get("size") or "") in FONT_SIZES:
        size = FONT_SIZES[element.get("size") or ""]
    align = own.get("text-align") or (element.get("align") or "").strip().lower()
    if tag == "table":
        centered = False  # a table is placed as a whole; its cells begin anew
    elif tag in ("center", "caption", "th"):
        centered = True
    elif align:
        centered = align in ("center", "middle", "-webkit-center")
    space = own.get("white-space")
    if space or tag in ("pre", "textarea"):
        pre = tag in ("pre", "textarea") if not space else space.startswith("pre") or space == "break-spaces"
    hidden = above.hidden or concealed(element, own)
    level = int(tag[1]) if tag in HEADINGS else above.level
    return Style(bold, size, centered, pre, hidden, level)


def concealed(element: etree._Element, own: dict[str, str]) -> bool:
    """Whether the element itself says that it is not to be shown."""
    if element.tag in ("html", "body"):
        return False  # hidden only until a script has run
    return (
        own.get("display") == "none"
        or own.get("visibility") in ("hidden", "collapse")
        or own.get("mso-hide") == "all"
        or element.get("hidden") is not None
    )


def words(element: etree._Element) -> str:
    """The bare words below an element, blanks collapsed."""
    return " ".join("".join(map(str, element.itertext())).split())
