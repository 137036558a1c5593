"""Column types that behave the same on SQLite and PostgreSQL, and those that seal what they hold.

The keyring rides on the engine's dialect, which every type is given: no global.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    Integer,
    LargeBinary,
    Numeric,
    String,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from storage.crypto import Keyring

Id = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself for INTEGER only."""

BlindIndex = LargeBinary(32)
"""What ``Keyring.blind`` answers: found by equality, never read back."""


def give_keyring(dialect: Dialect, keyring: Keyring) -> None:
    dialect.cartable_keyring = keyring  # type: ignore[attr-defined]


def keyring_of(dialect: Dialect) -> Keyring:
    keyring = getattr(dialect, "cartable_keyring", None)
    if not isinstance(keyring, Keyring):
        raise TypeError("sealed columns need an engine that was opened with a keyring")
    return keyring


def choice(words: type[StrEnum], name: str, *, check: bool = True) -> Enum:
    """One of these words, as text; enum members in, enum members out.

    ``check`` adds a CHECK: for words that are rules, not for lists that grow with the product.
    """
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=check,
        length=32,
        values_callable=lambda enum: [word.value for word in enum],
    )


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware out; SQLite alone would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Money(TypeDecorator[Decimal]):
    """EUR with two decimals, kept as whole cents: exact on both databases, sums included."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        cents = value.scaleb(2)
        if cents != cents.to_integral_value():
            raise ValueError(f"{value} is not in whole cents")
        return int(cents)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-2)


class ExactDecimal(TypeDecorator[Decimal]):
    """Any decimal, digit for digit: NUMERIC on PostgreSQL, text on SQLite. Not for arithmetic."""

    impl = String(40)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        exact: TypeEngine[Any] = Numeric() if dialect.name == "postgresql" else String(40)
        return dialect.type_descriptor(exact)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class SealedText(TypeDecorator[str]):
    """Encrypted at rest (A12). Bound to its ``place``, so that no value can be moved to another.

    Cannot be searched or sorted by the database: a look-up needs a blind index beside it.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return keyring_of(dialect).seal(value.encode(), self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring_of(dialect).open(value, self.place).decode()


class SealedJson(TypeDecorator[Any]):
    """The same for anything that JSON can hold."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return keyring_of(dialect).seal(written.encode(), self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return json.loads(keyring_of(dialect).open(value, self.place))
