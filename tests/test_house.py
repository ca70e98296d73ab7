"""The habits of the house that no tool checks: size, where field words stand, what files must not name, the wheel."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.rulefiles import default_folder

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))
LONGEST = 300
# a table of columns is data; it is as long as the contract
AS_LONG_AS_THE_CONTRACT = {"pipeline/schema.py"}

# words of the field belong in rules/; here they may only be shown to a reader, never matched
FIELD_WORDS = re.compile("牵头|责任单位|持续推进|年底前|区政府")
SHOWN = {"pipeline/schema.py", "pipeline/summary.py"}

# written in pieces, so that this file does not hold what it looks for
HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", "mirrors?" + r"\.[a-z]+\.", "index" + "-url [^ ]*:/"])
)
MACHINE = re.compile(r"(?<![\w./<>*-])/(?:" + "|".join(["work", "root", "home", "opt", "Users", "mnt"]) + r")/\w")


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_module_is_longer_than_300_lines():
    long = {label(p): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > LONGEST}
    assert long.keys() <= AS_LONG_AS_THE_CONTRACT, long


def test_no_word_of_the_field_stands_in_code():
    found = []
    for path in MODULES:
        if label(path) in SHOWN:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                found += [f"{label(path)}:{node.lineno} {word}" for word in FIELD_WORDS.findall(node.value)]
    assert found == []


def test_no_file_names_an_index_or_a_path_of_one_machine():
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data[:8000]:  # docx, pdf …
            continue
        for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
            if HOSTS.search(line) or MACHINE.search(line):
                found.append(f"{label(path)}:{number} {line[:120]}")
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes_and_no_address(name):
    text = (ROOT / name).read_text("utf-8")
    packages = [stanza for stanza in re.split(r"\n(?=\S)", text) if not stanza.startswith("#")]
    assert [p.splitlines()[0] for p in packages if "--hash=sha256:" not in p] == []
    assert "://" not in text


def test_the_lock_of_the_developers_is_the_lock_of_the_users_and_more():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text("utf-8"), re.M))

    assert pins("requirements.lock") < pins("requirements-dev.lock")


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.split(r"[\s<>=!~;\[]", line)[0].lower() for line in project["project"]["dependencies"]}
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.M))
    assert {name.replace(".", "-") for name in wanted} - locked == set()


def test_the_version_is_said_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project.get("version", __version__) == __version__


def test_a_checkout_reads_its_own_rules():
    assert default_folder() == ROOT / "rules"


@pytest.mark.slow
def test_the_wheel_carries_rules_and_types(tmp_path):
    pytest.importorskip("hatchling")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    rules = {f"pipeline/_rules/{p.relative_to(ROOT / 'rules').as_posix()}" for p in (ROOT / "rules").rglob("*.toml")}
    assert rules <= names
    assert {"pipeline/py.typed", "pipeline/cli.py"} <= names
    assert not [name for name in names if name.startswith(("tests/", "samples/", "bench/"))]
