"""The streams of an OLE container (MS-CFB), by name, from its root. Loops and lies in its chains end at the file's size."""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and above mark the end of a chain or a free sector
_ENTRY = 128
_ENTRIES = 100_000


class Ole:
    """An opened container. names: the streams and storages that hang on the root, in small letters.

    raises   ValueError for what is no OLE container, or one whose directory cannot be read
    """

    def __init__(self, data: bytes) -> None:
        if data[:8] != SIGNATURE or len(data) < 512:
            raise ValueError("no OLE container")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector sizes out of range")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _, self._cutoff, mini_fat, _, more, _ = struct.unpack_from("<7I", data, 48)
        self._fat = self._table(self._fat_sectors(more))
        self._entries = self._directory(self._chain(directory, self._fat))
        if not self._entries:
            raise ValueError("no directory")
        root = self._entries[0]
        self._mini_fat = self._words(self._chain(mini_fat, self._fat))
        self._mini = self._chain(root[2], self._fat)[: root[3]]
        self.names = {name.lower(): index for name, index in self._children(root[1])}

    def stream(self, name: str) -> bytes:
        """The bytes of one stream of the root, as many of them as the file holds; raises KeyError."""
        _, _, start, size, _, _ = self._entries[self.names[name.lower()]]
        if size >= self._cutoff:
            return self._chain(start, self._fat)[:size]
        out = bytearray()
        for sector in self._walk(start, self._mini_fat):
            out += self._mini[sector * self._mini_size : (sector + 1) * self._mini_size]
        return bytes(out[:size])

    def _fat_sectors(self, more: int) -> list[int]:
        found = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while more < _END and more not in seen:
            seen.add(more)
            words = self._words(self._sector(more))
            if not words:
                break
            found += words[:-1]
            more = words[-1]
        return [sector for sector in found if sector < _END]

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        return self._words(b"".join(self._sector(sector) for sector in dict.fromkeys(sectors)))

    def _words(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack_from(f"<{len(data) // 4}I", data)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _walk(self, start: int, table: tuple[int, ...]) -> list[int]:
        out: list[int] = []
        seen: set[int] = set()
        while start < len(table) and start not in seen:
            seen.add(start)
            out.append(start)
            start = table[start]
        return out

    def _chain(self, start: int, table: tuple[int, ...]) -> bytes:
        return b"".join(self._sector(sector) for sector in self._walk(start, table))

    def _directory(self, data: bytes) -> list[tuple[str, int, int, int, int, int]]:
        # (name, child, first sector, size, left, right)
        out = []
        for at in range(0, min(len(data) // _ENTRY, _ENTRIES) * _ENTRY, _ENTRY):
            length = struct.unpack_from("<H", data, at + 64)[0]
            name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<3I", data, at + 68)
            start, size = struct.unpack_from("<II", data, at + 116)
            out.append((name, child, start, size, left, right))
        return out

    def _children(self, first: int) -> list[tuple[str, int]]:
        out, open_, seen = [], [first], set()
        while open_:
            index = open_.pop()
            if index >= len(self._entries) or index in seen:
                continue
            seen.add(index)
            name, _, _, _, left, right = self._entries[index]
            out.append((name, index))
            open_ += [left, right]
        return out
