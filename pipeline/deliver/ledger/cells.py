"""A value into a cell of a sheet: always as what it is, never as a formula; with its comment and its link."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from xlsxwriter.worksheet import Worksheet

from .dress import DATE, Dress
from .values import LIMIT, Cell, Value

# formats that every place writes in its own way: openpyxl tells them as an American reads them
_OF_THE_PLACE: dict[str, int] = {"mm-dd-yy": 14, "m/d/yy h:mm": 22}
_FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year: earlier days are not the same in every program


class FittingSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows have a height and keep growing with their words: the height is said, not fixed."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]] | None = None) -> None:
        said = attributes or []
        if tag == "row":
            said = [one for one in said if one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, said)


def put(sheet: Any, row: int, column: int, value: Value, look: dict[str, Any], dress: Dress) -> None:
    """Write one value; text stays text whatever it looks like. Row and column from 0.

    raises   ValueError for a text that no cell can hold (`fits` tells)
    """
    if value is None or value == "":
        sheet.write_blank(row, column, None, dress.cell(**look))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, dress.cell(**look))
    elif isinstance(value, int | float):
        if isinstance(value, int) and abs(value) >= 10**15:
            sheet.write_string(row, column, str(value), dress.cell(**look))
        else:
            sheet.write_number(row, column, value, dress.cell(**look))
    elif isinstance(value, date | datetime | time | timedelta):
        _put_time(sheet, row, column, value, look, dress)
    elif sheet.write_string(row, column, value, dress.cell(**look)) != 0:
        raise ValueError(f"the text of row {row}, column {column} is too long for a cell")


def put_cell(sheet: Any, row: int, column: int, cell: Cell, look: dict[str, Any], dress: Dress) -> None:
    """Write one cell of a person's or of ours, with the number format, the comment and the link that it has."""
    shape = {"num_format": _OF_THE_PLACE.get(cell.shape, cell.shape)} if cell.shape else {}
    if isinstance(cell.value, datetime) and cell.value.time() == time() and "h" in cell.shape:
        shape = {"num_format": DATE}  # a day without an hour, shown as one
    note = cell.note
    if cell.link:
        link = _link(cell.link)
        shown = cell.value if isinstance(cell.value, str) and cell.value else cell.link
        linked = {**look, **shape, "font_color": "0563C1", "underline": 1}
        if link is None or sheet.write_url(row, column, link, dress.cell(**linked), shown) != 0:
            note = "\n".join(part for part in (note, f"链接：{cell.link}") if part)
        else:
            look = linked
    if cell.value is not None or not cell.link:
        put(sheet, row, column, cell.value, {**look, **shape}, dress)
    if note:
        sheet.write_comment(row, column, note[:LIMIT], {"author": "", "x_scale": 2, "y_scale": 1.5, "font_size": 9})


def _put_time(
    sheet: Any, row: int, column: int, value: date | time | timedelta, look: dict[str, Any], dress: Dress
) -> None:
    if isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < _FIRST_DAY:
        sheet.write_string(row, column, value.isoformat(), dress.cell(**look))
        return
    if isinstance(value, datetime):
        shape = "yyyy-mm-dd hh:mm:ss" if value.time() != time() else DATE
    else:
        shape = DATE if isinstance(value, date) else "hh:mm:ss" if isinstance(value, time) else "[h]:mm:ss"
    sheet.write_datetime(row, column, value, dress.cell(**{"num_format": shape, "align": "center", **look}))


def _link(target: str) -> Any:
    from xlsxwriter.url import Url

    if target.startswith("#"):
        target = f"internal:{target[1:]}"
    try:
        if target.startswith(("internal:", "mailto:")) or ("://" in target and not target.startswith("file:")):
            return Url(target)
        # a file is pointed to as it was: xlsxwriter would turn its slashes
        path, _, place = target.partition("#")
        made = Url("external:file")
        made._link = made._relationship_link = path
        made._anchor = place
        return made
    except Exception:  # xlsxwriter raises its own for what it does not take
        return None
