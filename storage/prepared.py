"""Statements that run at every tap or confirmation: on SQLite, by the driver itself.

There, SQLAlchemy's part costs more than the statement: it finds the statement again by hashing all
of it, binds twenty rows value by value, and describes a result that is read by position. A server
is asked in the usual way; a round trip hides all that.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import (
    JSON,
    BindParameter,
    Connection,
    Date,
    Dialect,
    Enum,
    Insert,
    Select,
    TextClause,
    Time,
    Update,
)
from sqlalchemy.exc import DBAPIError

from storage.columns import Money, SealedJson, UtcDateTime
from storage.listening import tell

Statement: TypeAlias = Select[*tuple[Any, ...]] | Insert | Update | TextClause
Row: TypeAlias = Sequence[Any]
Convert: TypeAlias = Callable[[Any], Any]
Binding: TypeAlias = tuple[str | None, Any, Convert | None]

KEPT: Final = 2048  # conversions of one column
PLAIN: Final = (Date, Time, Enum, Money, UtcDateTime)
CHANGEABLE: Final = (JSON, SealedJson)  # lists and such: whoever is given one may change it


class Prepared:
    """A statement whose text does not depend on what is asked: no list is expanded in it.

    Values are bound and read as its columns' types say. NULL is None, whatever the type.
    """

    def __init__(self, statement: Statement, columns: Sequence[str] = ()) -> None:
        """``columns``: those that an INSERT gives, where it does not say so itself."""
        self._statement, self._columns = statement, list(columns) or None
        self._rendered: WeakKeyDictionary[Dialect, _Rendered] = WeakKeyDictionary()
        read = statement.selected_columns if isinstance(statement, Select) else ()
        tuples: Any = namedtuple  # its names are data, which types cannot follow
        self._named = tuples("Named", [column.key for column in read], rename=True)._make

    def rows(self, connection: Connection, asked: Mapping[str, object]) -> Sequence[Row]:
        if connection.dialect.name == "sqlite":
            return self._on(connection.dialect).rows(connection, asked)
        return connection.execute(self._statement, asked).all()

    def named(self, connection: Connection, asked: Mapping[str, object]) -> Sequence[Any]:
        """The same, with the columns' names as attributes."""
        return [self._named(row) for row in self.rows(connection, asked)]

    def write(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> int:
        """One call for all. Answers how many rows were written; asyncpg does not tell: -1."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, list(rows)).rowcount
        return self._on(connection.dialect).write(connection, rows)

    def _on(self, dialect: Dialect) -> "_Rendered":
        rendered = self._rendered.get(dialect)
        if rendered is None:
            rendered = _Rendered(self._statement, self._columns, dialect)
            self._rendered[dialect] = rendered
        return rendered


class _Rendered:
    def __init__(self, statement: Statement, columns: list[str] | None, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
        if compiled.post_compile_params:
            raise ValueError(f"a list would be expanded in {compiled}")
        self._dialect, self._text = dialect, str(compiled)
        self._binding = [_binding(compiled.binds[name], dialect) for name in compiled.positiontup]
        self._reading = _reading(statement, dialect)

    def rows(self, connection: Connection, asked: Mapping[str, object]) -> Sequence[Row]:
        cursor = self._run(connection, "execute", self._given(asked))
        rows = [list(row) for row in cursor.fetchall()]
        for nth, convert in self._reading:
            for row in rows:
                if (value := row[nth]) is not None:
                    row[nth] = convert(value)
        return rows

    def write(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> int:
        cursor = self._run(connection, "executemany", [self._given(row) for row in rows])
        return int(cursor.rowcount)

    def _run(self, connection: Connection, how: str, given: Sequence[Any]) -> Any:
        tell(self._dialect, self._text)
        driver: Any = connection.connection.driver_connection
        try:
            return getattr(driver, how)(self._text, given)
        except driver.Error as error:
            raise DBAPIError.instance(
                self._text, None, error, driver.Error, hide_parameters=True, dialect=self._dialect
            ) from error

    def _given(self, asked: Mapping[str, object]) -> tuple[Any, ...]:
        given = []
        for name, constant, convert in self._binding:
            value = constant if name is None else asked[name]
            given.append(value if convert is None or value is None else convert(value))
        return tuple(given)


def _binding(bind: BindParameter[Any], dialect: Dialect) -> Binding:
    """The name to ask for, or the constant that stands in the statement; how it is bound."""
    kind = bind.type.dialect_impl(dialect)
    found = kind.bind_processor(dialect)
    convert = found and _kept(found, unless=not isinstance(kind, PLAIN))
    return (bind.key, None, convert) if bind.required else (None, bind.value, convert)


def _reading(statement: Statement, dialect: Dialect) -> list[tuple[int, Convert]]:
    """How the driver's values become ours, column by column."""
    read = statement.selected_columns if isinstance(statement, Select) else ()
    found = []
    for nth, column in enumerate(read):
        kind = column.type.dialect_impl(dialect)
        convert = kind.result_processor(dialect, None)
        if convert is not None:
            found.append((nth, _kept(convert, unless=isinstance(kind, CHANGEABLE))))
    return found


def _kept(convert: Convert, *, unless: bool) -> Convert:
    """The same days, hours and names come again at every tap."""
    return convert if unless else lru_cache(maxsize=KEPT)(convert)
