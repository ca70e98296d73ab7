"""One plan, read: frozen rows of every table, as Python values, frames or Arrow tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .schema import TABLE, arrow_schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = Mapping[str, Any]


class Record(SimpleNamespace):
    """One row with its columns as attributes; cannot be changed."""

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a row is frozen: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a row is frozen: {name}")


@dataclass(frozen=True)
class Plan:
    """What `parse` gives: one document's rows of every table of the contract, spans kept.

    rows    table name → rows in the order of the document; keys are the columns of `schema.TABLE[name]`
    """

    rows: Mapping[str, Sequence[Row]]

    def __getattr__(self, name: str) -> tuple[Record, ...]:
        # plan.tasks[0].due_on
        if name in TABLE:
            return tuple(Record(**row) for row in self.rows[name])
        raise AttributeError(name)

    @property
    def document(self) -> Record:
        return Record(**self.rows["documents"][0])

    def table(self, name: str) -> pa.Table:
        """One table with the contract's schema."""
        import pyarrow as pa

        return pa.Table.from_pylist([dict(row) for row in self.rows[name]], schema=arrow_schema(name))

    def frame(self, name: str) -> pd.DataFrame:
        """One table as a pandas frame."""
        frame: pd.DataFrame = self.table(name).to_pandas()
        return frame
