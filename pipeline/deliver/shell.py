"""One self-contained HTML file: shell, styles, scripts and data of a page joined; nothing in it asks the network.

The parts stand in page/ as plain files, joined in the order they are named; `page` is for every page that people open.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

PARTS = Path(__file__).parent / "page"
STYLES = ("base.css",)  # what every page looks like
SCRIPTS = ("words.js", "dom.js", "charts.js")  # what every page may call
_MARK = re.compile(r"\{\{(\w+)\}\}")
# what ends a script element or a line of JavaScript, and what no file in UTF-8 can hold
_ESCAPED = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def page(title: str, styles: Sequence[str], scripts: Sequence[str], data: object) -> bytes:
    """A page as UTF-8.

    title            what the tab shows; any text, shown as text
    styles, scripts  files of page/, after those of every page; the scripts run in one function of their own
    data             values of JSON, dates and decimals; the scripts read them as `DATA`
    The page allows its own styles and scripts by their hashes, pictures as data, and nothing else. Same values, same bytes.
    """
    style = "\n".join(map(_part, (*STYLES, *styles)))
    script = "\n".join(map(_part, (*SCRIPTS, *scripts)))
    script = f'"use strict";\n(() => {{\n{script}\n}})();\n'
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    filled = {
        "title": html.escape(_printable(title)),
        "policy": policy,
        "style": style,
        "data": embedded(data),
        "script": script,
    }
    return _MARK.sub(lambda mark: filled[mark[1]], _part("shell.html")).encode()


def embedded(data: object) -> str:
    """Values as JSON that may stand inside a script element, whatever their texts hold."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    raise TypeError(f"{type(value).__name__} is no value of a page")


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).strip()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _part(name: str) -> str:
    return (PARTS / name).read_text("utf-8")
