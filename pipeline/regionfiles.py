"""The tables of places read from rules/places: the edge of normalize/regions."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from .normalize.regions import Regions, spellings


class Townships(Mapping[str, tuple[str, ...]]):
    """County code → the names of its townships, in the order of their codes; the file is read when first asked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read: dict[str, tuple[str, ...]] | None = None

    def _all(self) -> dict[str, tuple[str, ...]]:
        if self._read is None:
            found: dict[str, list[str]] = {}
            for code, name in _rows(self._file):
                found.setdefault(code[:6], []).append(name)
            self._read = {code: tuple(names) for code, names in found.items()}
        return self._read

    def __getitem__(self, code: str) -> tuple[str, ...]:
        return self._all()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def read_regions(folder: Path) -> Regions:
    """The places of a rule folder; none when it has no places/regions.csv."""
    codes: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for code, name in _rows(folder / "places" / "regions.csv"):
        names[code] = name
        for spelling in spellings(name):
            codes.setdefault(spelling, []).append(code)
    return Regions({n: tuple(c) for n, c in codes.items()}, names, Townships(folder / "places" / "townships.csv"))


def _rows(file: Path) -> Iterator[tuple[str, str]]:
    if not file.is_file():
        return
    with open(file, encoding="utf-8-sig", newline="") as lines:
        for row in csv.reader(line for line in lines if not line.startswith("#")):
            yield row[0], row[1]
