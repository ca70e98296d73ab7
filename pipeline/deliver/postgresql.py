"""A PostgreSQL server reached over ADBC: one connection, one transaction, every refusal said in one line, no password in it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..database import refused
from ..errors import CallWrong, RecordUnavailable

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

_SCHEMES = ("postgresql", "postgres")
_SECONDS = 10  # to reach the server
_HOST = r"(?:[\w.-]*|\[[0-9a-fA-F:.]+\])(?::\d+)?"
_PLACE = re.compile(rf"{_HOST}(?:,{_HOST})*(?:/[^@:]*)?")  # hosts with ports, the database

# what the client says when no connection comes about: it has no numbers for these
_NO_CONNECTION = (
    (
        r"password|认证|口令|authentication|no pg_hba",
        "用户名或密码不对，或服务器不许这样连接",
        "检查用户名、密码和 pg_hba.conf",
    ),
    (
        r"database .*(?:does not exist|不存在)|数据库.*不存在",
        "服务器上没有这个数据库",
        "先建数据库（createdb），或改正网址里的名字",
    ),
    (r"role .*(?:does not exist|不存在)", "服务器上没有这个用户", "检查用户名"),
    (r"SSL", "加密方式与服务器的要求不合", "在网址后加 ?sslmode=require 或 ?sslmode=disable 再试"),
    (r"too many|连接数", "服务器的连接已满", "稍后再试"),
    (r"starting up|shutting down|启动|关闭", "服务器正在启动或关闭", "稍后再试"),
    (
        r"^invalid|missing",
        "网址写法不对",
        "写成 postgresql://用户:密码@主机:端口/数据库；密码中的 @ : / 写成 %40 %3A %2F",
    ),
    (
        r"refused|translate|timeout|timed out|route|unreachable|No such file",
        "连不上服务器",
        "检查主机、端口，看服务器是否开着",
    ),
)
# SQLSTATE (PostgreSQL's documentation, appendix A) → what it means here
_STATES = {
    "42501": ("没有权限", "请管理员授权（GRANT CREATE ON DATABASE …），或用 --schema 指定一个自己有权写的模式"),
    "55P03": ("另一个装载正在进行，或有人锁着这些表", "等它结束后再试"),
    "53100": ("服务器的磁盘已满", "腾出空间后再试"),
    "53200": ("服务器的内存不够", "稍后再试"),
    "23503": ("台账记录里有指向不存在的行的编号", "重新运行 taizhang ingest --reparse；仍然如此请报告"),
    "57014": ("服务器中断了这次装载", "稍后再试"),
    "57P01": ("服务器中断了这次装载", "稍后再试"),
    "25006": ("服务器是只读的", "换到主服务器"),
}


def place(url: str) -> str:
    """Where a URL leads, without user and password: host:port/database.

    raises  CallWrong for what is no URL of a PostgreSQL server

    >>> place("postgresql://u:secret@db.local/plans?sslmode=require")
    'db.local/plans'
    """
    if url.partition("://")[0] not in _SCHEMES or "://" not in url:
        raise CallWrong("要 PostgreSQL 的网址 → 写成 postgresql://用户:密码@主机:端口/数据库")
    before, _, query = url.partition("://")[2].partition("?")
    where = before.rpartition("@")[2]
    # a password with signs that should have been written in percent could stand anywhere: then nothing of the URL is told
    return where if "@" not in query and _PLACE.fullmatch(where) else "PostgreSQL 服务器"


@contextlib.contextmanager
def transaction(url: str) -> Iterator[Connection]:
    """A connection whose work counts as a whole when the context is left, and not at all when it is left by an error.

    raises  CallWrong for a URL of another kind, RecordUnavailable for what the server refuses: one line
    """
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    where = place(url)
    timeout = "" if "connect_timeout=" in url else f"{'&' if '?' in url else '?'}connect_timeout={_SECONDS}"
    try:
        connection = dbapi.connect(url + timeout)
    except Error as error:
        raise _not_connected(where, str(error)) from None  # the cause could show the URL
    with contextlib.closing(connection):
        try:
            yield connection
            connection.commit()
        except Error as error:
            raise _told(where, error) from error


def _not_connected(where: str, said: str) -> RecordUnavailable:
    # only the server's own words are told: the client's may quote a piece of the URL
    said = said.partition("Failed to connect: ")[2].strip()
    for pattern, why, remedy in _NO_CONNECTION:
        if re.search(pattern, said, re.IGNORECASE):
            return refused(f"{where}：{why}", remedy)
    return refused(f"{where}：连不上服务器", "用 psql 试同一网址，看服务器怎么说")


def _told(where: str, error: Exception) -> RecordUnavailable:
    state = getattr(error, "sqlstate", None) or ""
    details = dict(getattr(error, "details", None) or ())
    said = details.get("PG_DIAG_MESSAGE_PRIMARY", b"").decode("utf-8", "replace")
    if known := _STATES.get(state):
        return refused(f"{where}：{known[0]}" + (f"（{said}）" if said else ""), known[1])
    if not state:
        return refused(f"{where}：和服务器的连接断了", "稍后再试；服务器上的表没有变")
    return refused(f"{where}：服务器拒绝了（{state} {said}）", "服务器上的表没有变；把这一行发给管理员")
