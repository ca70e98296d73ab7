"""Pictures of the pages of a PDF or a scan, small, as data for a page. Made in a process of their own, within limits."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

SECONDS = 120.0  # for all pages of a file
BYTES = 8_000_000  # of all pictures of a file, before base64; a page beyond it is shown by its places alone
PAGES = 200
PIXELS = 1000  # across a page: a clerk reads 五号 type at this size
QUALITY = 55
SIDE = 14_400.0  # points of the longest side that a page of PDF may have


def pictures(path: Path, format: str) -> tuple[dict[str, Any], ...]:
    """The pages of a file, in order: page (from 1), width and height in points, src (a data URI, "" where the budget ended).

    Nothing for a format without pages, and nothing for a file that cannot be shown: the text is there all the same.
    """
    if format not in ("pdf", "image"):
        return ()
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path.insert(0, {root!r})\nfrom pipeline.deliver.pagepictures import drawn; drawn()"
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-c", code, format],
            input=path.read_bytes(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        return tuple(_checked(page) for page in json.loads(ran.stdout))
    except (OSError, ValueError, TypeError, KeyError, subprocess.TimeoutExpired):
        return ()


def _checked(page: dict[str, Any]) -> dict[str, Any]:
    # a process that a file has taken over still says nothing but a page
    src = str(page["src"])
    if src and not src.startswith(("data:image/webp;base64,", "data:image/jpeg;base64,")):
        raise ValueError("no picture")
    return {"page": int(page["page"]), "width": float(page["width"]), "height": float(page["height"]), "src": src}


def drawn() -> None:
    """What the process does: the file comes in, the pages go out as JSON."""
    from ..workers.worker import limit_memory

    limit_memory()
    pages = _pdf if sys.argv[1] == "pdf" else _frames
    left, out = BYTES, []
    for number, (width, height, draw) in enumerate(pages(sys.stdin.buffer.read()), 1):
        data = _squeezed(draw()) if left > 0 else b""
        left -= len(data)
        src = f"data:image/webp;base64,{base64.b64encode(data).decode()}" if data and left > 0 else ""
        out.append({"page": number, "width": round(width, 2), "height": round(height, 2), "src": src})
    sys.stdout.write(json.dumps(out))


def _pdf(data: bytes) -> Iterator[tuple[float, float, Any]]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    for number in range(min(len(document), PAGES)):
        page = document[number]
        width, height = page.get_size()
        if not 0 < max(width, height) <= SIDE or min(width, height) <= 0:
            continue
        scale = PIXELS / width if height < 4 * width else PIXELS / height
        yield width, height, lambda page=page, scale=scale: page.render(scale=scale).to_pil()
        page.close()


def _frames(data: bytes) -> Iterator[tuple[float, float, Any]]:
    from ..extract.image import LONG, SHORT, picture

    for number in range(1, PAGES + 1):
        try:
            pixels, width = picture("", data, number)
        except Exception:  # no such frame: that was the last
            return
        from PIL import Image

        made = Image.fromarray(pixels[:, :, ::-1])
        made.thumbnail((PIXELS, PIXELS * 4))
        assert width in (SHORT, LONG)
        yield width, width * made.height / made.width, lambda made=made: made


def _squeezed(image: Any) -> bytes:
    out = BytesIO()
    # paper is gray unless it is not
    image = image.convert("RGB")
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
