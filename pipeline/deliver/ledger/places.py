"""Where in the source a row stands, as a clerk looks it up: 第3页 表1第28行, 第2页 第14段."""

from __future__ import annotations

from ...plan import Plan, Row


class Places:
    """The places of one plan's blocks, made once."""

    def __init__(self, plan: Plan) -> None:
        self.blocks = {row["block_id"]: row for row in plan.rows["blocks"]}
        self._paragraph: dict[str, int] = {}
        count = 0
        for row in plan.rows["blocks"]:
            if row["table_index"] is None:
                count += 1
                self._paragraph[row["block_id"]] = count

    def of(self, task: Row) -> str:
        """The place of a task: where its first words stand."""
        return self.block(next(iter(task["block_ids"] or ()), None))

    def block(self, block_id: str | None, cell: bool = False) -> str:
        """The place of a block; "" without one. cell: a table's column too."""
        row = self.blocks.get(block_id or "")
        if row is None:
            return ""
        page = f"第{row['page']}页 " if row["page"] else ""
        if row["table_index"] is None:
            return f"{page}第{self._paragraph[row['block_id']]}段"
        column = f"第{row['col_index'] + 1}列" if cell else ""
        return f"{page}表{row['table_index'] + 1}第{row['row_index'] + 1}行{column}"

    def sentence(self, row: Row) -> str:
        """The sentence in which a row's words stand, the words in 【】."""
        from ..unmatched import sentence

        block = self.blocks.get(row["block_id"] or "")
        if block is None or row["char_start"] is None:
            return str(row.get("text") or "")
        return sentence(block["text"], row["char_start"], row["char_end"])
