"""A word of its own in every column of every table, so that whatever comes out can be traced.

Read from the schema: a new column gets a canary by itself, and the tests ask what becomes of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import JSON, Column, Connection, Enum, Table, insert, select

from storage import schema
from storage.columns import ExactDecimal, Money, SealedJson, SealedText, UtcDateTime, keyring_of
from storage.lookups import identifier_index, telegram_index
from storage.schema import metadata

FIRST_INSTANT, FIRST_DAY = datetime(2031, 1, 1, tzinfo=UTC), date(2040, 1, 1)
USERS = {"mine": 555_000_001, "other": 555_000_002, "stranger": 555_000_003}

Rows = dict[str, dict[str, Any]]


@dataclass
class Canaries:
    """``rows[table][owner]``: what was written there. Nobody's are those of the town."""

    connection: Connection
    rows: dict[str, Rows] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def put(
        self, table: Table, owner: str, of: dict[str, str] | None = None, **given: Any
    ) -> None:
        """``of``: whose row a reference is to, by table; ``owner``'s, or else the town's."""
        values = self._references(table, owner, of or {})
        for column in table.c:
            if column.name not in values and column.name not in given:
                values[column.name] = self._canary(table, column)
        values |= given
        self.connection.execute(insert(table).values(**values))
        self.rows.setdefault(table.name, {})[owner] = values

    def seen(self, table: str, owner: str, column: str) -> Any:
        """As ``leaves`` would find it."""
        return plain(self.rows[table][owner][column])

    def _references(self, table: Table, owner: str, of: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key in table.foreign_key_constraints:
            target = key.elements[0].column.table.name
            there = self.rows.get(target, {})
            row = there.get(of.get(target, owner), there.get("town"))
            if row is not None:
                for element in key.elements:
                    values[element.parent.name] = row[element.column.name]
        return values

    def _canary(self, table: Table, column: Column[Any]) -> Any:
        number = next(self._numbers)
        match column.type:
            case SealedJson():
                return [f"canari{number}"]
            case UtcDateTime():
                return FIRST_INSTANT + timedelta(hours=number)
            case SealedText():
                return f"canari{number}"
            case Money() | ExactDecimal():
                return Decimal(f"{number}.37")
            case Enum() as words:
                return next(iter(words.enum_class or ()))
        return self._plain_canary(column, number)

    def _plain_canary(self, column: Column[Any], number: int) -> Any:
        if isinstance(column.type, JSON):
            return {"canari": f"canari{number}"}
        made = {
            bytes: f"canari{number}".encode().ljust(32, b"."),
            str: f"canari{number}",
            int: 700_000 + number,
            bool: True,
            date: FIRST_DAY + timedelta(days=number),
            time: time(*divmod(number, 60)) if number < 1440 else None,
        }
        return made[column.type.python_type]


def plain(value: Any) -> Any:
    """What a JSON file shows of it; of what holds others, the one thing that is in it."""
    match value:
        case [one] | {"canari": one}:
            return one
        case Decimal():
            return str(value)
        case date() | datetime() | time():
            return value.isoformat()
        case bytes():
            return value.decode(errors="replace")
    return value


def leaves(found: Any) -> Iterator[Any]:
    if isinstance(found, dict):
        for value in found.values():
            yield from leaves(value)
    elif isinstance(found, list):
        for value in found:
            yield from leaves(value)
    else:
        yield found


def fill(connection: Connection) -> Canaries:
    """``mine`` and ``other`` are guardians of one family, ``stranger`` of another; ``shared`` is
    a child of both. Each guardian has done everything that can be done.
    """
    made = Canaries(connection)
    _fill_town(made)
    _fill_families(made)
    for owner in ("mine", "other", "stranger"):
        _fill_guardian(made, owner)
    return made


def _fill_town(made: Canaries) -> None:
    put = made.put
    put(schema.structure, "town", id=901)
    put(schema.activity, "town", id=902, name="canari-activity")
    put(schema.pool, "town", id=903)
    for number, owner in enumerate(("mine", "other", "stranger")):
        day = FIRST_DAY - timedelta(days=number + 1)
        put(schema.opening_day, owner, {"activity": "town"}, day=day)
    put(schema.transmission, "town", id=904)
    put(schema.staff_member, "town", id=905)
    for table in (schema.staff_structure, schema.staff_session, schema.staff_token):
        put(table, "town")
    put(schema.staff_screen, "town")
    put(schema.staff_alert, "town")
    put(schema.stray_payment, "town")
    put(schema.announcement, "town", id=906)
    for number, kind in enumerate(schema.legal_document.c.kind.type.enum_class):
        put(schema.legal_document, kind.value, {"structure": "town"}, id=910 + number, kind=kind)


def _fill_families(made: Canaries) -> None:
    put = made.put
    for number, owner in enumerate(("mine", "stranger"), 1):
        put(schema.family, owner, id=8_100_000 + number)
        put(schema.imported, owner, kind="families", row_id=8_100_000 + number)
        put(schema.family_quotient, owner)
        put(schema.child, owner, id=8_200_000 + number)
        put(schema.child_family, owner)
        put(schema.enrolment, owner)
        put(schema.wallet, owner)
        put(schema.reminder, owner, id=8_700_000 + number)
        put(schema.reminder_day, owner)
    put(schema.child, "shared", id=8_200_009)
    for owner in ("mine", "stranger"):
        put(schema.child_family, f"shared-{owner}", {"child": "shared", "family": owner})
    put(schema.enrolment, "shared")


def _fill_guardian(made: Canaries, owner: str) -> None:
    put, family = made.put, "stranger" if owner == "stranger" else "mine"
    number = list(USERS).index(owner) + 1
    keyring, name = keyring_of(made.connection.dialect), f"DUPONT{number}"
    put(
        schema.guardian,
        owner,
        {"family": family},
        id=8_300_000 + number,
        identifier=name,
        identifier_index=identifier_index(keyring, name),
        password_hash="hash of secret",
    )
    put(schema.guardian_structure, owner)
    _fill_asked(made, owner, {"family": family, "child": "shared"}, number)
    _fill_agreed(made, owner, family)
    _fill_access(made, owner)


def _fill_asked(made: Canaries, owner: str, of: dict[str, str], number: int) -> None:
    put = made.put
    put(schema.draft, owner, id=8_400_000 + number)
    put(schema.draft_line, owner, of)
    put(schema.draft_hours, owner, of)
    put(schema.follow_up_filter, owner, of)
    put(schema.receipt, owner)
    states = schema.booking.c.state.type.enum_class
    put(schema.booking, owner, of, id=8_500_000 + number, state=states.OFFERED)
    put(schema.movement, owner, {"transmission": "town"}, id=8_600_000 + number)
    put(schema.absence, owner)
    put(schema.absence_news, owner, {"transmission": "town"})
    if owner in made.rows["wallet"]:
        _fill_accounts(made, owner, of)


def _fill_accounts(made: Canaries, owner: str, of: dict[str, str]) -> None:
    """An entry is summed by the database: the wallet holds it from then on."""
    wallet, booking = made.rows["wallet"][owner], made.rows["booking"][owner]
    amount, kinds = Decimal("-3.07"), schema.ledger_entry.c.kind.type.enum_class
    made.put(
        schema.ledger_entry,
        owner,
        {**of, "wallet": owner},
        id=8_800_000 + wallet["family_id"],
        kind=kinds.CONSUMPTION,
        amount=amount * wallet["family_id"],
        day=booking["day"],
        ticket=booking["ticket"],
    )
    wallet["balance"] += amount * wallet["family_id"]
    made.put(schema.payment, owner, {"ledger_entry": owner})
    made.put(schema.payment_order, owner, {**of, "wallet": owner})


def _fill_agreed(made: Canaries, owner: str, family: str) -> None:
    of = {"family": family, "child": "shared" if owner == "stranger" else family}
    if owner == "other":
        of["child"] = "shared"
    for kind in ("privacy", "telegram"):
        made.put(schema.consent, f"{owner}-{kind}", {"guardian": owner, "legal_document": kind})
    made.put(schema.signature, owner, {**of, "legal_document": "house_rules"})


def _fill_access(made: Canaries, owner: str) -> None:
    put, user = made.put, USERS[owner]
    index = telegram_index(keyring_of(made.connection.dialect), user)
    put(
        schema.telegram_session, owner, id=user, user_id=str(user), user_index=index, ended_at=None
    )
    put(schema.screen_message, owner)
    if owner in made.rows["payment_order"]:
        put(schema.order_message, owner)
    put(schema.fsm, owner, chat_index=index, user_index=index)
    subjects = schema.login_failure.c.subject.type.enum_class
    put(schema.login_failure, owner, subject=subjects.TELEGRAM_USER, subject_index=index)
    identifier = made.rows["guardian"][owner]["identifier_index"]
    put(
        schema.login_failure,
        f"{owner}-identifier",
        subject=subjects.IDENTIFIER,
        subject_index=identifier,
    )
    for table in (schema.access_token, schema.password_choice, schema.email_check):
        put(table, owner)
    put(schema.notice_choice, owner)
    put(schema.notice, owner)
    put(schema.announcement_delivery, owner)
    put(schema.audit, owner, user_index=index)


def everything(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every table as it reads with the keys."""
    return {
        name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for name, table in metadata.tables.items()
    }
