"""Cells and paragraphs with answers made by hand (cells.toml): who, in which role, by when."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.recognize.responsibility import responsibility
from pipeline.recognize.roles import roles
from pipeline.recognize.units import units

CELLS = tomllib.loads((Path(__file__).parent / "cells.toml").read_text("utf-8"))["cell"]
ROLES = ("lead", "responsible", "supporting", "guiding")
LATER = pytest.mark.xfail(strict=True, reason="later: take the mark away once it is read")


def said(cell, book):
    """(role, name) of every unit, and the words that state a deadline."""
    text = cell["text"]
    if cell["where"] != "text":
        parts, due = roles(text, book, cell["where"]), []
    else:
        found = responsibility(text, book)
        parts = [part for one in found for part in one.parts]
        due = [text[a:b] for one in found for a, b in one.deadlines]
    who = {
        (part.role, "".join(text[part.start + u.start : part.start + u.end].split()))
        for part in parts
        for u in units(text[part.start : part.end], book)
    }
    return who, due


@pytest.mark.parametrize(
    "cell", [pytest.param(c, id=c["text"][:24], marks=[LATER] if c.get("later") else []) for c in CELLS]
)
def test_a_cell_is_read_as_a_clerk_reads_it(cell, book):
    want = {(role, name) for role in ROLES for name in cell.get(role, ())}
    assert said(cell, book) == (want, cell.get("due", []))
