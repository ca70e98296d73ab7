"""Rate and memory of `taizhang ingest` over many documents: does either grow with their number?

    python bench/ingest.py [COUNT]          1,000 unless said

Prints a line a tenth of the way: documents stored, documents a second since the line before, memory of the storing process.
Then a second run (nothing new), and a third with 20 changed files.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from many import many

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
MIB = 1 << 20


def held(pid: int) -> float:
    """Memory of one process now, MiB; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MIB
    except OSError:
        return 0.0


class Peak(threading.Thread):
    """The most memory that a process held since it was asked last."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most = pid, 0.0
        self.start()

    def run(self) -> None:
        while now := held(self.pid):
            self.most = max(self.most, now)
            time.sleep(0.02)

    def since(self) -> float:
        most, self.most = self.most, 0.0
        return most


def ingest(inbox: Path, outputs: Path, every: int = 0) -> tuple[dict[str, object], float, float]:
    """The summary of one run, its seconds, and the most memory its main process held; tells a line each `every` files."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(inbox), "-o", str(outputs), "--json"]
    begun = told = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    peak, most, read, before = Peak(process.pid), 0.0, 0, 0
    assert process.stdout is not None
    said: dict[str, object] = {}
    for line in process.stdout:
        said = json.loads(line)
        read += said["event"] == "read"
        if every and read >= before + every and said["event"] == "read":
            now, held_now = time.perf_counter(), peak.since()
            most = max(most, held_now)
            print(f"| {read} | {(read - before) / (now - told):.1f} | {held_now:.0f} |", flush=True)
            told, before = now, read
    process.wait()
    last = peak.since()
    if every:
        print(f"| publishing | | {last:.0f} |", flush=True)
    return said, time.perf_counter() - begun, max(most, last)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        inbox, outputs = Path(folder) / "inbox", Path(folder) / "outputs"
        files = many(SAMPLE, inbox, count)
        time.sleep(2.1)  # files that were just written are waited for
        print(f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}\n")
        print("| documents | a second | MiB |\n|---|---|---|")
        said, seconds, most = ingest(inbox, outputs, max(1, count // 10))
        print(f"\n{said['read']} documents in {seconds:.1f} s ({count / seconds:.1f} a second), at most {most:.0f} MiB")
        size = sum(path.stat().st_size for path in outputs.rglob("*") if path.is_file()) / MIB
        print(f"outputs: {size:.0f} MiB")
        before = {path: path.stat().st_mtime_ns for path in outputs.rglob("*")}
        said, seconds, most = ingest(inbox, outputs)
        wrote = before != {path: path.stat().st_mtime_ns for path in outputs.rglob("*")}
        print(
            f"again: {seconds:.2f} s, {said['skipped']} known, at most {most:.0f} MiB, wrote {'something' if wrote else 'nothing'}"
        )
        for file, other in zip(files[:20], many(SAMPLE, Path(folder) / "other", 20, count), strict=False):
            file.write_bytes(other.read_bytes())
        said, seconds, most = ingest(inbox, outputs)
        print(f"20 changed: {seconds:.1f} s, {said['read']} read, {said['skipped']} known, at most {most:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
