"""One PostgreSQL server for all tests that want one, and a database of its own for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from tests.deliver.server import Server, server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    try:
        running = server()
        with running as one:
            yield one
    except LookupError as absent:
        pytest.skip(str(absent))


_NUMBERS = count(1)


@pytest.fixture
def database(postgresql: Server) -> Callable[[], str]:
    """Makes an empty database and gives its name."""

    def made() -> str:
        name = f"plans{next(_NUMBERS)}"
        postgresql.rows(f"CREATE DATABASE {name}")
        return name

    return made
