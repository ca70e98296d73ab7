"""make score: how near every sample comes to its answers, beside its floor in samples/floors.toml.

python tests/score.py            the table; exit 1 when a figure is below its floor
python tests/score.py --raise    write the floors anew where a figure is higher (never lower)
"""

from __future__ import annotations

import sys
import tomllib

import gold

import pipeline

FLOORS = gold.SAMPLES / "floors.toml"
SHOWN = ("tasks", "label", "section", *gold.ROLES, "deadline_kind", "due_on", "sections", "citations", "paper")


def measured() -> dict[str, dict[str, float]]:
    """Sample/file → kind → F1, three places."""
    out = {}
    for folder in gold.folders():
        for source in gold.sources(folder):
            scores = gold.scores(pipeline.parse(source), folder)
            out[f"{folder.name}/{source.name}"] = {kind: round(score.f1, 3) for kind, score in scores.items()}
    return out


def below(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """One line for each figure that sank below its floor or is missing."""
    return [
        f"{name} {kind}: {figures.get(name, {}).get(kind, 0.0):.3f} < {floor:.3f}"
        for name, kinds in floors.items()
        for kind, floor in kinds.items()
        if figures.get(name, {}).get(kind, 0.0) < floor
    ]


def main() -> int:
    figures = measured()
    floors = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    width = max(map(len, figures))
    print(" ".join([" " * width, *(f"{kind[:9]:>9}" for kind in SHOWN)]))
    for name, kinds in figures.items():
        print(" ".join([f"{name:<{width}}", *(f"{kinds[k]:9.3f}" if k in kinds else " " * 8 + "·" for k in SHOWN)]))
    if "--raise" in sys.argv[1:]:
        higher = {
            n: {k: max(v, floors.get(n, {}).get(k, 0.0)) for k, v in kinds.items()} for n, kinds in figures.items()
        }
        lines = [
            "# what is reached (F1), sample by sample; make score fails below it. Raised by: python tests/score.py --raise"
        ]
        for name, kinds in higher.items():
            lines += ["", f'["{name}"]', *(f"{kind} = {value}" for kind, value in kinds.items())]
        FLOORS.write_text("\n".join(lines) + "\n", "utf-8")
        return 0
    sunk = below(figures, floors)
    print("\n".join(sunk) if sunk else f"{len(figures)} files, no figure below its floor")
    return bool(sunk)


if __name__ == "__main__":
    sys.exit(main())
