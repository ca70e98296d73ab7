"""Fixtures for all tests: the rule book, and golden files that are read before they are accepted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.reader import knowledge
from pipeline.rulefiles import load

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("dev", deadline=None, max_examples=100)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="rewrite golden files; the run fails on purpose")


@pytest.fixture(scope="session")
def book():
    return load()


@pytest.fixture(scope="session")
def regions():
    return knowledge()[1]


@pytest.fixture
def golden(request):
    """golden(got, path): compare with a file; --accept writes the file and still fails, so the diff is read."""

    def check(got: str, path: Path) -> None:
        if request.config.getoption("--accept"):
            path.write_text(got, "utf-8")
            pytest.fail(f"accepted {path}: read git diff, then run without --accept")
        assert got == path.read_text("utf-8")

    return check
