"""What crosses a pipe between our processes: a kind, a length, and values that may be plans and refusals only."""

from __future__ import annotations

import os
import pickle
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

DONE, MORE_TIME, FAULT, PAGE = 0, 1, 2, 3
ASKED = struct.Struct("<dII")  # the body of MORE_TIME: seconds, the page to be recognized of so many (0, 0: none)
AT_PAGE = struct.Struct("<III")  # the body of PAGE: number of the file, page, pages
_HEAD = struct.Struct("<BQ")
_CHUNK = 1 << 20
# a worker that an input file has taken over still cannot send anything but values
_VALUES = {
    ("pipeline.plan", "Plan"),
    ("pipeline.errors", "Unreadable"),
    ("pipeline.errors", "RulesInvalid"),
    ("pipeline.errors", "RuleFault"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
    ("decimal", "Decimal"),
}


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _VALUES:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a plan")
        return super().find_class(module, name)


def packed(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes) -> Any:
    """The value again; raises pickle.UnpicklingError for anything that is no plan, refusal or plain value."""
    return _Values(BytesIO(data)).load()


def framed(kind: int, body: bytes) -> bytes:
    """A body as it goes through a pipe."""
    return _HEAD.pack(kind, len(body)) + body


def send(pipe: int, kind: int, body: bytes) -> None:
    """Write one frame, waiting for the reader; raises BrokenPipeError when there is none."""
    view = memoryview(framed(kind, body))
    while view:
        view = view[os.write(pipe, view[:_CHUNK]) :]


def receive(pipe: int) -> tuple[int, bytes] | None:
    """Read one frame, waiting for it; None when the other end is closed."""
    head = _exactly(pipe, _HEAD.size)
    if head is None:
        return None
    kind, length = _HEAD.unpack(head)
    body = _exactly(pipe, length)
    return None if body is None else (kind, body)


def _exactly(pipe: int, length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        chunk = os.read(pipe, min(length - len(data), _CHUNK))
        if not chunk:
            return None
        data += chunk
    return bytes(data)


class Inbox:
    """Frames put together from what a pipe gives at each reading."""

    def __init__(self) -> None:
        self._data = bytearray()

    def __len__(self) -> int:
        return len(self._data)

    def add(self, chunk: bytes) -> Iterator[tuple[int, bytes]]:
        """The frames that are now whole."""
        self._data += chunk
        while len(self._data) >= _HEAD.size:
            kind, length = _HEAD.unpack_from(self._data)
            end = _HEAD.size + length
            if len(self._data) < end:
                return
            body = bytes(self._data[_HEAD.size : end])
            del self._data[:end]
            yield kind, body
