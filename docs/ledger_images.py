"""The pictures of docs/ledger.md: the sample's ledger, filled in as a clerk would, printed by LibreOffice.

Needs LibreOffice, poppler (pdftoppm) and a Chinese font: `python docs/ledger_images.py`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "130607-2022-zhengwu-gongkai" / "source.docx"
IMAGES = ROOT / "docs" / "images"
AS_OF = "2022-12-12"
TYPED = {
    1: {"进展情况": "帮扶政策已在政府网站专栏公开 14 件。", "完成状态": "推进中"},
    2: {"进展情况": "反馈机制已建立，办结企业诉求 9 件。", "完成状态": "已完成并长期坚持"},
    4: {"进展情况": "两轮推送，覆盖 312 户。", "完成状态": "已完成", "佐证材料": "推送记录、案例通报"},
    5: {"进展情况": "已公开 6 个重大项目批准信息。", "完成状态": "推进中", "存在问题": "2 个项目资料未报"},
}
PAGES = {"overview": 1, "tasks": 2}  # name of the picture → page


def main() -> int:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "pipeline", "ledger", str(SAMPLE), "-o", name, "--as-of", AS_OF]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        [path] = (folder / "ledger").glob("*.xlsx")
        fill(path)
        # the second run takes over what was filled in
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        subprocess.run(
            [*office, "--convert-to", "pdf", "--outdir", name, str(path)], check=True, stdout=subprocess.DEVNULL
        )
        [pdf] = folder.glob("*.pdf")
        for picture, page in PAGES.items():
            pages = ["-f", str(page), "-l", str(page), "-r", "88", "-singlefile", "-png"]
            subprocess.run(["pdftoppm", *pages, str(pdf), str(folder / picture)], check=True)
            small(folder / f"{picture}.png").save(IMAGES / f"ledger-{picture}.png", optimize=True)
    return 0


def fill(path: Path) -> None:
    """Type into the free columns."""
    book = openpyxl.load_workbook(path)
    sheet = book["任务"]
    labels = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        for label, words in TYPED.get(sheet.cell(row, 1).value, {}).items():
            sheet.cell(row, labels[label]).value = words
    book.save(path)


def small(path: Path) -> Image.Image:
    """A page without its margins, in few colors."""
    page = Image.open(path).convert("RGB")
    box = page.point(lambda v: 255 if v < 250 else 0).convert("L").getbbox()
    return page.crop(box).quantize(48)


if __name__ == "__main__":
    sys.exit(main())
