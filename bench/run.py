"""Time and memory of `taizhang parse` beside the raw limit and the peers, in one run; prints ratios.

    python bench/run.py [--quick] [--readme] [FILE]

Whole process: fork and exec to wait4 (wall, CPU, peak memory). In process: the median call after a warm-up, in a
process of its own. Rounds are interleaved, since machines drift: read ratios, not seconds.
This process stays small: on Linux a child inherits the peak of the one that started it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from contenders import BASE, SOURCES, present, whole

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SAMPLE = ROOT / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
OURS = "taizhang parse, all outputs"
MANY = 50


@dataclass
class Figures:
    """Seconds and MiB of one contender, an entry a round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    inside: list[float] = field(default_factory=list)
    peak_inside: list[float] = field(default_factory=list)


def run(command: list[str]) -> tuple[float, float, float]:
    """Wall and CPU seconds and peak MiB of one process; raises when it fails."""
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            said.seek(0)
            raise RuntimeError(f"{command[:2]} failed: {said.read().decode(errors='replace')[-400:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def inside(name: str, file: Path, times: int) -> tuple[float, float]:
    """Median seconds of a call, and the peak MiB of the process that made them."""
    command = [sys.executable, str(HERE / "contenders.py"), name, str(file), str(times)]
    said = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    return statistics.median(said["seconds"]), said["peak"]


def measure(file: Path, rounds: int, times: int) -> dict[str, Figures]:
    """Every contender once a round; a first round warms the disk and the bytecode and is not counted."""
    names = present()
    figures = {name: Figures() for name in (OURS, *names)}
    for turn in range(rounds + 1):
        for name, one in figures.items():
            with tempfile.TemporaryDirectory() as out:
                ours = [sys.executable, "-m", "pipeline", "parse", str(file), "-o", out]
                wall, cpu, peak = run(ours if name == OURS else whole(names[name], str(file)))
            if turn:
                one.wall.append(wall)
                one.cpu.append(cpu)
                one.peak.append(peak)
            if turn and name in names:
                seconds, peak = inside(name, file, times)
                one.inside.append(seconds)
                one.peak_inside.append(peak)
    return figures


def table(figures: dict[str, Figures]) -> list[str]:
    """The figures as a Markdown table; × is the ratio to the raw limit."""
    mid = statistics.median
    base = figures[BASE]
    lines = [
        "| | whole s | (CPU s) | × raw | peak MiB | in-process ms | × raw | peak MiB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, one in figures.items():
        cells = [name, f"{mid(one.wall):.3f}", f"({mid(one.cpu):.2f})", f"{mid(one.wall) / mid(base.wall):.1f}"]
        cells.append(f"{mid(one.peak):.0f}")
        if one.inside:
            ratio = mid(one.inside) / mid(base.inside)
            cells += [f"{1000 * mid(one.inside):.1f}", f"{ratio:.1f}", f"{mid(one.peak_inside):.0f}"]
        else:
            cells += ["–"] * 3
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def growth(one: dict[str, Figures], many: dict[str, Figures]) -> list[str]:
    """What the long document costs over what the short one does."""
    mid = statistics.median
    lines = [f"| cost of {MANY} over cost of 1 | whole | in-process | peak MiB more |", "|---|---|---|---|"]
    for name in one:
        wall = mid(many[name].wall) / mid(one[name].wall)
        calls = f"{mid(many[name].inside) / mid(one[name].inside):.1f}" if one[name].inside else "–"
        lines.append(f"| {name} | {wall:.1f} | {calls} | {mid(many[name].peak) - mid(one[name].peak):.0f} |")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--quick", action="store_true", help="fewer rounds; what CI runs")
    parser.add_argument("--readme", action="store_true", help="put the figures into bench/README.md")
    args = parser.parse_args()
    file = args.file.resolve()
    for name in SOURCES.keys() - present().keys():
        package = SOURCES[name][0]
        print(f"not measured: {name} → {sys.executable} -m pip install {package}", file=sys.stderr)
    one = measure(file, 2 if args.quick else 7, 3 if args.quick else 15)
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "grown.docx"
        subprocess.run([sys.executable, str(HERE / "grow.py"), str(file), str(big), str(MANY)], check=True)
        many = measure(big, 1 if args.quick else 3, 1 if args.quick else 3)
        sizes = [f"{path.stat().st_size / 1024:.0f} KB" for path in (file, big)]
    said = [f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}", ""]
    said += [f"{file.name}, {sizes[0]}:", "", *table(one), ""]
    said += [f"the same {MANY} times over, {sizes[1]}:", "", *table(many), "", *growth(one, many)]
    print("\n".join(said))
    if args.readme:
        readme = HERE / "README.md"
        marks = r"(<!-- figures:start -->).*?(<!-- figures:end -->)"
        text = re.sub(marks, lambda m: "\n".join([m[1], *said, m[2]]), readme.read_text("utf-8"), flags=re.S)
        readme.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
