"""The columns of a task table: what each means, by its header words and by what stands below them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from ..model import Block
from ..outline import Remark
from ..recognize.deadlines import deadlines
from ..recognize.headers import header
from ..rulebook import RuleBook
from .grids import Grid, place
from .unitlists import lists_units

FEWEST, MOST = 3, 8  # rows and columns of a table that is taken for one of tasks without a header


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a task table: its meaning, its header words, the block of its header (None for a carried header)."""

    meaning: str
    header: str
    block: int | None = None


def columns(
    grid: Grid, blocks: Sequence[Block], book: RuleBook, top: tuple[int, ...]
) -> tuple[tuple[Column, ...], tuple[Remark, ...]]:
    """One column for each place of the grid's width, and a remark for each header that no rule knows.

    top   the header rows; of a two-row header the deeper words decide
    """
    made: list[Column] = []
    unknown: dict[int, Remark] = {}
    for col in range(grid.width):
        seqs = list(dict.fromkeys(s for row in top if (s := grid.at[row].get(col)) is not None))
        rules = [(seq, rule) for seq in seqs if (rule := header(blocks[seq].text, book))]
        words = "".join(blocks[seqs[-1]].text.split()) if seqs else ""
        if rules:
            seq, rule = rules[-1]
            made.append(Column(rule.meaning["column"], words or "".join(blocks[seq].text.split()), seq))
        elif not words:
            made.append(Column("extra", "", seqs[-1] if seqs else None))
        else:
            made.append(Column("extra", words, seqs[-1]))
            text = blocks[seqs[-1]].text
            unknown.setdefault(seqs[-1], Remark("unknown_header", seqs[-1], 0, len(text), {"words": words}))
    made = _numbered(made, grid, blocks, top, unknown)
    remarks = [r for seq, r in unknown.items() if not any(c.block == seq and c.meaning == "number" for c in made)]
    return tuple(_grouped(made, grid, top)), tuple(remarks)


def guessed_columns(
    grid: Grid, blocks: Sequence[Block], book: RuleBook
) -> tuple[tuple[Column, ...], tuple[Remark, ...]] | None:
    """The columns of a table that has no header row, by what stands in them: numbers, words, units; None when unclear.

    Only a table that counts its rows and names units in most of them is taken for a task table.
    """
    if len(grid.rows) < FEWEST or not 3 <= grid.width <= MOST:
        return None
    meanings = [_content(grid, blocks, col, book) for col in range(grid.width)]
    if meanings.count("number") != 1 or "task" not in meanings or not {"lead", "deadline"} & set(meanings):
        return None
    first = min(seq for row in grid.at.values() for seq in row.values())
    remark = Remark("header_guessed", first, 0, len(blocks[first].text))
    who = iter(("lead", "responsible", "supporting") if meanings.count("lead") > 1 else ("responsible",))
    return tuple(Column(next(who, "supporting") if m == "lead" else m, "") for m in meanings), (remark,)


def _content(grid: Grid, blocks: Sequence[Block], col: int, book: RuleBook) -> str:
    # what most cells of a column hold
    if counts(grid, blocks, col, ()):
        return "number"
    texts = [blocks[grid.at[row][col]].text.strip() for row in grid.rows if col in grid.at[row]]
    filled = [text for text in texts if text]
    if len(filled) * 2 < len(texts):
        return "extra"
    named = sum(lists_units(text, book) for text in filled)
    dated = sum(bool(deadlines(text, book, stated=True)) and len(text) < 20 for text in filled)
    return "lead" if named * 3 > len(filled) * 2 else "deadline" if dated * 3 > len(filled) * 2 else "task"


def _numbered(
    made: list[Column], grid: Grid, blocks: Sequence[Block], top: tuple[int, ...], unknown: Container[int | None]
) -> list[Column]:
    """A column of numbers whose header is blank, unknown in the first place, or that of its neighbor is the number column."""
    if any(column.meaning == "number" for column in made):
        return made
    for col, column in enumerate(made):
        beside = [made[i] for i in (col - 1, col + 1) if 0 <= i < len(made)]
        borrowed = any(column.block is not None and column.block == other.block for other in beside)
        odd = col == 0 and column.block in unknown
        if (not column.header or borrowed or odd) and counts(grid, blocks, col, top):
            return [*made[:col], replace(column, meaning="number"), *made[col + 1 :]]
    return made


def _grouped(made: list[Column], grid: Grid, top: tuple[int, ...]) -> list[Column]:
    """Where a number counts the details, or the task column is merged over several of them, the tasks are sections."""
    meanings = [column.meaning for column in made]
    said = next((i for i, meaning in enumerate(meanings) if meaning in ("task", "name")), len(meanings))
    if "section" in meanings[said:]:
        # what stands behind the task divides nothing: its kind, its aim
        made = [replace(c, meaning="extra") if i > said and c.meaning == "section" else c for i, c in enumerate(made)]
        meanings = [column.meaning for column in made]
    doing = [col for col, meaning in enumerate(meanings) if meaning == "task"]
    if len({made[col].block for col in doing}) == 2 and _merged(doing[0], doing[-1], grid, top):
        # 重点工作 over several 具体任务
        outer = made[doing[0]].block
        return [replace(c, meaning="section") if c.block == outer and c.meaning == "task" else c for c in made]
    if "detail" not in meanings or "section" in meanings:
        return made
    over = [col for col, meaning in enumerate(meanings) if meaning in ("task", "name")]
    if len({made[col].block for col in over}) != 1:
        return made
    number = meanings.index("number") if "number" in meanings else -1
    counts_details = over[-1] < number < meanings.index("detail")
    if not (counts_details or _merged(over[0], meanings.index("detail"), grid, top)):
        return made
    turned = {"task": "section", "name": "section", "detail": "task"}
    return [replace(column, meaning=turned.get(column.meaning, column.meaning)) for column in made]


def _merged(col: int, beside: int, grid: Grid, top: tuple[int, ...]) -> bool:
    # one cell of the column stands beside several of the other
    pairs: dict[int, set[int]] = {}
    for row in grid.rows:
        at = grid.at[row]
        if row not in top and col in at and beside in at and at[col] != at[beside]:
            pairs.setdefault(at[col], set()).add(at[beside])
    return any(len(others) > 1 for others in pairs.values())


def counts(grid: Grid, blocks: Sequence[Block], col: int, top: tuple[int, ...]) -> bool:
    """Whether most cells of a column are whole numbers."""
    values = [
        shown(blocks[grid.at[row][col]])
        for row in grid.rows
        if row not in top and col in grid.at[row] and place(blocks[grid.at[row][col]]).col_span * 2 <= grid.width
    ]
    numbers = [v for v in values if v.rstrip(".、．").isdigit()]
    return len(numbers) * 2 > len(values)


def shown(block: Block) -> str:
    """What a reader sees in a cell, the automatic number included."""
    return (block.number_label + block.text).strip()
