"""An older record made one of today: what each version of the schema added, as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .recordsql import INTAKE, RECORD_VERSION, STORED, columns_sql, labels, table_sql, units_view
from .schema import TABLES

# version of the record → what makes it the next one; what was added to the contract's tables needs no line here
STEPS: Mapping[int, tuple[str, ...]] = {1: INTAKE}


def migration(version: int, stored: Mapping[str, Iterable[str]]) -> str:
    """The statements that bring a record from an older version to today's, without BEGIN and COMMIT.

    stored   the tables of the record with the names of their columns

    A table or column of the contract that the record lacks is made, empty, and is filled when its files are read again.
    """
    made = [statement for step in range(version, RECORD_VERSION) for statement in STEPS.get(step, ())]
    for table in TABLES:
        name = STORED.get(table.name, table.name)
        if name not in stored:
            made.append(table_sql(table))
        else:
            have = set(stored[name])
            made += [f'ALTER TABLE {name} ADD COLUMN "{c}" {kind}' for c, kind in columns_sql(table) if c not in have]
        made += [f"COMMENT ON COLUMN {at} IS '{label}'" for at, label in labels(table)]
    made += [units_view(), f"UPDATE meta SET value = '{RECORD_VERSION}' WHERE name = 'schema_version'"]
    return "; ".join(made)
