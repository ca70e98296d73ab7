"""Four hundred hostile and odd files: what becomes of each stands in a table, and a change either way fails.

Files that take seconds each belong to `make proofs` (PROOFS=1). `--accept` writes the table anew.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.workers import outcomes
from tests.badinputs.outcome import Made, became, made_files

HERE = Path(__file__).parent / "badinputs"
TABLE = HERE / "outcomes.csv"
COLUMNS = ("file", "expect", "outcome", "slow")
FULL = bool(os.environ.get("PROOFS"))

pytestmark = pytest.mark.slow


def table() -> dict[str, dict[str, str]]:
    return {row["file"]: row for row in csv.DictReader(io.StringIO(TABLE.read_text("utf-8")))}


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[Made]:
    for needed in ("reportlab", "pikepdf", "msoffcrypto"):
        pytest.importorskip(needed)
    folder = tmp_path_factory.mktemp("made") / "made"
    subprocess.run([sys.executable, HERE / "make.py", folder], check=True, capture_output=True)
    # who runs as root may read everything
    return [one for one in made_files(folder) if os.geteuid() or not one.name.endswith("unreadable.docx")]


def test_each_has_the_outcome_that_stands_in_the_table(files, request):
    known = table() if TABLE.exists() else {}
    full = FULL or request.config.getoption("--accept")
    asked = [one for one in files if full or known.get(one.name, {}).get("slow") != "yes"]
    got = {one.name: (one, outcome) for one, outcome in became(asked)}
    if request.config.getoption("--accept"):
        _write(got, known)
        pytest.fail(f"accepted {TABLE}: read git diff, then run without --accept")
    want = {name: known[name]["outcome"] if name in known else "not in the table" for name in got}
    assert {name: outcome for name, (_, outcome) in got.items()} == want
    assert set(known) <= {one.name for one in files} | {"fs/unreadable.docx"}


def _write(got, known) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, (one, outcome) in sorted(got.items()):
        writer.writerow([name, one.expect, outcome, known.get(name, {}).get("slow", "")])
    TABLE.write_text(out.getvalue(), "utf-8")


def test_none_of_the_texts_that_libraries_miss_is_lost_in_silence():
    missed = [row for name, row in table().items() if name.startswith("missed/")]
    assert len(missed) == 26
    assert [row for row in missed if row["outcome"] != "read"] == []


# made to be refused, and read all the same: what they say is whole, and nothing else of them was believed
READ = {
    "pdf/dict_nested_100k.pdf": "the dictionaries stand below a key that no reader asks for; the page is whole",
    "zip/no_content_types.docx": "the parts have the names that the standard gives them; Word offers to repair such files",
    "zip/no_root_rels.docx": "the same",
}


def test_what_was_made_to_be_refused_is_but_for_what_is_known_to_be_whole():
    refused = [row for row in table().values() if row["expect"] == "reject"]
    assert len(refused) > 110
    assert {row["file"] for row in refused if row["outcome"].startswith("read")} == READ.keys()


def test_what_must_be_refused_is_refused_with_a_reason_of_the_closed_list():
    from pipeline.extract.guard import REASONS

    codes = {row["outcome"] for row in table().values() if not row["outcome"].startswith("read")}
    assert codes <= set(REASONS)
    assert "internal" not in codes


def test_reading_opens_no_pipe_and_no_device(files):
    odd = [one.path for one in files if one.group == "fs" and one.expect == "skip"]
    assert len(odd) > 10
    assert len(list(outcomes(odd))) == len(odd)
