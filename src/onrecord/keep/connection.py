"""What the rest of keep needs of a database: run SQL, read rows. store.py implements it over SQLite.

No SQL dialect and no driver is known here, so that another database can stand behind the same four methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]
Values = Sequence[Any]


class Connection(Protocol):
    """Runs SQL with `?` parameters; every method raises StoreError when the database refuses."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows that a query answers."""
        ...

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row that a query answers, or None."""
        ...

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement; the id of the row that it inserted, if it did."""
        ...

    def run_many(self, sql: str, values: Iterable[Values]) -> None:
        """Run one statement once for each of `values`."""
        ...
