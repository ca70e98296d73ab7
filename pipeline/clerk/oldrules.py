"""The rules to compare with: a folder, or what git has of the working folder at some commit."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import CallWrong
from ..rulefiles import default_folder


@contextmanager
def old_rules(said: str | None, new: Path) -> Iterator[tuple[Path, str]]:
    """The folder of the old rules and what to call it.

    said    a folder, or a commit of the repository that `new` stands in (HEAD, HEAD~3, a tag); without it the last
            commit, and where there is none the rules that ship with taizhang
    raises  CallWrong when there is nothing to compare with
    """
    if said is not None and Path(said).is_dir():
        yield Path(said), said
        return
    with tempfile.TemporaryDirectory(prefix="taizhang-rules-") as folder:
        found = _committed(new, said or "HEAD", Path(folder))
        if found:
            yield Path(folder), said or "HEAD"
            return
    if said is not None:
        raise CallWrong(f"没有旧规则 {said} → 给出一个规则文件夹，或 {new} 所在 git 仓库的一次提交")
    shipped = default_folder()
    if new.resolve() == shipped:
        raise CallWrong(f"{new} 不在 git 仓库里，没有可比的旧规则 → 先给出旧规则的文件夹：taizhang rules diff OLD")
    yield shipped, str(shipped)


def _committed(new: Path, commit: str, into: Path) -> bool:
    # `git archive` gives the folder as it was, without touching the working tree
    if commit.startswith("-"):
        return False
    try:
        top, prefix = _git(new, "rev-parse", "--show-toplevel", "--show-prefix").decode().split("\n")[:2]
        tar = _git(Path(top), "archive", "--format=tar", f"{commit}:{prefix}")
    except (OSError, subprocess.CalledProcessError):
        return False
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        archive.extractall(into, filter="data")
    return any(into.rglob("*.toml"))


def _git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=True).stdout
