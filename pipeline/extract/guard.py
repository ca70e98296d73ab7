"""The gate before a file is read: its limits, its reasons for refusal, and the one XML parser. Input files are untrusted."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path

from lxml import etree

from ..errors import Unreadable

MIB = 1 << 20
# limits that no honest file of a thousand real ones touched
FILE_BYTES = 50 * MIB
ZIP_MEMBERS = 2_000
PART_BYTES = 64 * MIB
ALL_PARTS_BYTES = 256 * MIB
RATIO, RATIO_GRACE = 100, 16 * MIB  # a part this small may be as dull as it likes
DEPTH = 200  # nesting of XML elements

# code → what is wrong, what to do; a closed list
REASONS: dict[str, tuple[str, str]] = {
    "missing": ("没有这个文件", "检查路径和文件名"),
    "empty": ("文件是空的，没有任何文字", "重新取得完整的文件"),
    "too_large": ("文件超过 50 MB", "去掉图片后另存，或拆分后再试"),
    "unreadable": ("文件打不开", "检查文件权限"),
    "unfinished": ("文件正在写入，内容还在变", "等写完或下载完后再试"),
    "not_regular": ("这不是普通文件", "给出文件本身，不是文件夹或设备"),
    "unknown_type": ("认不出是什么格式", "用 Word 或 WPS 另存为 .docx"),
    "type_mismatch": ("内容与文件名不符", "用相应的程序打开后另存为 .docx"),
    "encrypted": ("文件有打开密码", "请去掉密码后重新放入"),
    "truncated": ("文件不完整，后半部分缺失", "重新下载或复制"),
    "bad_zip": ("压缩结构已损坏", "用 Word 或 WPS 打开修复后另存"),
    "zip_bomb": ("解压后的内容大得不合常理", "确认文件来源；如属正常，请另存后再试"),
    "damaged": ("文件已损坏，无法读取", "用 Word 或 WPS 打开修复后另存为 .docx"),
    "needs_program": ("读取这种格式要用 LibreOffice，本机没有安装", "安装 LibreOffice，或用 Word、WPS 另存为 .docx"),
    "xml_dtd": ("文件内含不允许的 DTD 声明", "确认文件来源，用 Word 或 WPS 另存"),
    "xml_malformed": ("内部 XML 已损坏", "用 Word 或 WPS 打开修复后另存"),
    "too_deep": ("内部嵌套层数过多", "用 Word 或 WPS 另存后再试"),
    "too_many_cells": ("表格的格子多得不合常理", "拆分后再试"),
    "garbled_text": ("文字编码已损坏，有字无法还原", "用记事本另存为 UTF-8 编码后再试"),
    "pdf_malformed": ("PDF 内部结构已损坏", "用 PDF 阅读器打开后另存，或由原文件重新导出"),
    "too_many_pages": ("页数多得不合常理", "拆分后再试"),
    "page_too_full": ("一页上的内容多得不合常理", "确认文件来源；如属正常，请由原文件重新导出"),
    "no_text_layer": ("每一页都只有图像，没有文字", "由原文件导出带文字的 PDF，或先做文字识别"),
    "needs_recognition": (
        "只有图像，没有文字；识别图中文字的组件没有安装",
        "在项目目录运行 make ocr，或 pip install 'taizhang[ocr]'",
    ),
    "no_words_found": ("图像里没有认出文字", "换用更清晰的扫描件（每英寸 200 点以上）"),
    "out_of_memory": ("读取要用的内存超过 1 GB", "拆分后再试，或由原文件重新导出"),
    "timeout": ("读取的时间超过上限", "拆分后再试，或由原文件重新导出"),
    "crashed": ("读取程序意外中止", "请把这个文件和这行提示交给维护人员"),
    "internal": ("读取时程序出错", "请把这个文件和这行提示交给维护人员"),
    "unsupported": ("暂不支持这种格式", "用 Word 或 WPS 另存为 .docx"),
}


def refusal(path: str | Path, code: str, why: str = "", remedy: str = "", place: str = "") -> Unreadable:
    """The error for one reason code; its sentence comes from `REASONS` unless a closer one is given."""
    said, done = REASONS[code]
    return Unreadable(str(path), code, why or said, remedy or done, place)


Ask = Callable[[float, int, int], object]
_ask: ContextVar[Ask] = ContextVar("ask", default=lambda more, page, pages: None)


def more_time(seconds: float, page: int = 0, pages: int = 0) -> None:
    """Ask for more time for this file, as an extractor does that has counted its pages. Without a limit it does nothing.

    page, pages   the page that is now to be recognized, of so many; told to whoever waits
    """
    _ask.get()(seconds, page, pages)


def ask_for_time(ask: Ask) -> None:
    """Say who is asked when an extractor needs more time."""
    _ask.set(ask)


def opens(data: bytes) -> bool:
    """Whether bytes are a zip container whose list of parts can be read."""
    try:
        return zipfile.ZipFile(BytesIO(data)).infolist() is not None
    except Exception:  # BadZipFile, NotImplementedError, struct.error …
        return False


class Package:
    """A zip container behind the gate: parts are unpacked one by one, counted while they inflate."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._spent = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            whole = data.rfind(b"PK\x05\x06") >= 0
            raise refusal(name, "bad_zip" if whole else "truncated") from None
        if len(infos) > ZIP_MEMBERS:
            raise refusal(name, "zip_bomb", f"压缩包内有 {len(infos)} 个文件")
        if any(info.flag_bits & 1 for info in infos):
            raise refusal(name, "encrypted")
        # a part that would lie outside is nobody's part: nothing is ever unpacked to a disk
        named = [(info.filename.replace("\\", "/"), info) for info in infos if not _odd(info.filename)]
        self.names = dict(named)
        self._small = {part.lower(): part for part in self.names}
        if len(self.names) < len(named):
            raise refusal(name, "bad_zip", "压缩包内的文件名重复")

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._small

    def part(self, part: str) -> bytes | None:
        """The bytes of one part, None when the package has none of that name."""
        info = self.names.get(self._small.get(part.lower(), ""))
        if info is None:
            return None
        out = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(MIB):
                    out += chunk
                    self._spent += len(chunk)
                    swollen = len(out) > RATIO_GRACE and len(out) > RATIO * max(info.compress_size, 1)
                    if len(out) > PART_BYTES or self._spent > ALL_PARTS_BYTES or swollen:
                        raise refusal(self.name, "zip_bomb", place=part)
        except Unreadable:
            raise
        except Exception:  # zlib.error, BadZipFile, RuntimeError, NotImplementedError …: all mean a broken member
            raise refusal(self.name, "bad_zip", place=part) from None
        return bytes(out)

    def weigh(self, folder: str) -> None:
        """Unpack every part below a folder once, counted, for a library that unpacks them itself."""
        for name in self.names:
            if name.startswith(folder):
                self.part(name)

    def xml(self, part: str) -> etree._Element | None:
        """One part as XML; None when it is not there."""
        data = self.part(part)
        return None if data is None else parse_xml(self.name, part, data)


def _odd(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


# Strict OOXML (ISO 29500) says the same with other namespaces
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


def parse_xml(name: str, part: str, data: bytes) -> etree._Element:
    """One XML part: no entities, no network, no DTD. Raises Unreadable (xml_dtd, xml_malformed, too_deep)."""
    head = data[:4096].replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!doctype" in head or b"<!DOCTYPE" in data:
        raise refusal(name, "xml_dtd", place=part)
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _xml_refusal(name, part, error) from None
    except ValueError:
        raise refusal(name, "xml_malformed", place=part) from None
    return root


def _xml_refusal(name: str, part: str, error: etree.XMLSyntaxError) -> Exception:
    said = str(error).lower()
    if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    if "depth" in said:
        return refusal(name, "too_deep", place=part)
    if "huge" in said or "too long" in said:  # libxml2's own limits: 10 million bytes of one text
        return refusal(name, "too_large", "内部有一段文字长得不合常理", "拆分后再试", part)
    return refusal(name, "xml_malformed", place=part)
