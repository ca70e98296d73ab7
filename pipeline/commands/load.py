"""The command that loads the record into a database server."""

from __future__ import annotations

import argparse

from .common import GOOD, Commands, folder_of_outputs


def add(commands: Commands) -> None:
    """Put the command into the parser."""
    made = commands.add("load", "the tables into a database server (PostgreSQL), in one transaction", _load)
    made.add_argument("url", metavar="URL", help="postgresql://user:password@host:port/database")
    folder_of_outputs(made)
    made.add_argument(
        "--schema", default="taizhang", metavar="NAME", help="the PostgreSQL schema of the tables; default: taizhang"
    )


def _load(args: argparse.Namespace) -> int:
    from ..deliver.load import load
    from ..deliver.postgresql import place
    from ..store import Record

    place(args.url)  # a wrong call is told before the record is opened
    with Record(args.outputs, read_only=True) as record:
        loaded = load(record, args.url, args.schema)
    did = f"写入 {loaded.written} 行，移去 {loaded.removed} 行" if loaded.written or loaded.removed else "没有变化"
    print(f"{loaded.place} 的模式 {loaded.schema}：文件 {loaded.documents} 份，{did}")
    return GOOD
