"""A12: whoever asks gets all that is known of them and their family, and nobody else's."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from conversations.privacy.archive import as_json
from domain.families.model import FamilyId, GuardianId
from domain.privacy.model import PersonalData, Section
from storage.engine import Database
from storage.keycheck import prove_keyring
from storage.privacy import SqlPrivacy
from storage.schema import metadata
from tests.storage.canaries import Canaries, fill, leaves

NOBODYS = {
    "activity": "the town's offer",
    "activity_draw": "the town's offer",
    "activity_exclusion": "the town's offer",
    "announcement": "what the town says to everybody",
    "job_run": "the machine's own diary",
    "legal_document": "the town's texts; which of them somebody agreed to is given",
    "opening_day": "the town's calendar",
    "pool": "the town's offer",
    "pool_day": "counts of all families",
    "public_holiday": "the town's calendar",
    "school_holiday": "the town's calendar",
    "staff_alert": "the town's: ids and amounts",
    "stray_payment": "money that came for nobody known; a family's as soon as an agent says whose",
    "structure": "the town's own",
    "taken_file": "the machine's own diary of files",
    "staff_member": "an agent's, of whom the log tells a parent that it was the town",
    "staff_screen": "numbers of messages in an agent's chat",
    "staff_session": "an agent's",
    "staff_structure": "an agent's",
    "staff_token": "an agent's",
    "tariff": "the town's offer",
    "town": "the machine's own",
    "transmission": "of all families at once; the night of each movement is given",
}
HASH = "a hash: says nothing to its owner, and something to a thief"
INDEX = "a blind index: says nothing without the key"
KEPT_BACK = {
    "guardian.password_hash": HASH,
    "guardian.identifier_index": INDEX,
    "password_choice.password_hash": HASH,
    "email_check.address_index": INDEX,
    "email_check.code_hash": HASH,
    "access_token.token_hash": HASH,
    "access_token.user_index": INDEX,
    "telegram_session.user_index": INDEX,
    "login_failure.subject_index": INDEX,
    "fsm.chat_index": INDEX,
    "fsm.user_index": INDEX,
    "audit.user_index": INDEX,
    "notice.secret": "lets in whoever reads it; wiped once delivered",
    "absence.certificate_file": "where Telegram keeps what they sent; it is in their chat",
    "imported.kind": "which table of the town's; the part says it",
    "imported.fingerprint": INDEX,
    "absence_news.id": "a row's number; the order is that of the instants",
    "booking.turn": "a number between two others; the rank is what is told",
    "receipt.digest": "a checksum of the lines that are given",
    # Numbers by which the machine finds a row, and that name nothing else.
    "access_token.id": "a row's number",
    "announcement_delivery.id": "a row's number",
    "announcement_delivery.version": "which words are in the chat, where they can be read",
    "audit.id": "a row's number",
    "draft.id": "a row's number",
    "enrolment.id": "a row's number",
    "reminder.id": "a row's number",
    "ledger_entry.id": "a row's number",
    "payment_order.id": "a row's number",
    "payment_order.provider_token": "what the provider calls the order: it opens its page",
    "payment_order.asks": "how often the machine asked the provider",
    "payment_order.ask_at": "when the machine asks the provider next",
    "order_message.message_id": "which message offered an order, for two days; those are given",
    "order_message.sent_at": "when it did; the orders are given with their instants",
    "movement.id": "a row's number; the order is that of the instants",
    "notice.id": "a row's number",
    "notice.key": "made of what is given: kind, instant, numbers",
    "signature.id": "a row's number",
    "telegram_session.id": "a row's number",
    "wallet.id": "a row's number",
    "fsm.bot_id": "the bot's own number",
    "fsm.thread_id": "always 0 in a private chat",
    "fsm.business_connection_id": "always empty: no business account",
    "fsm.destiny": "a word of the framework",
}
NAMED = {  # what cannot hold a word of its own: found by where it must be
    "guardian.display": "account.display",
    "guardian.must_change_password": "account.must_change_password",
    "guardian.tidy_screens": "account.tidy_screens",
    "draft_line.wish": "draft_lines.wish",
    "booking.state": "bookings.state",
    "movement.kind": "movements.movement",
    "movement.state": "movements.state",
    "movement.void": "movements.void",
    "ledger_entry.kind": "entries.entry",
    "payment_order.provider": "orders.provider",
    "payment_order.state": "orders.standing",
    "absence.billed": "absences.billed",
    "absence.certificate_kind": "absences.certificate",
    "absence_news.what": "absences_told.news",
    "absence_news.billed": "absences_told.billed",
    "absence_news.certified": "absences_told.certificate",
    "access_token.purpose": "links.purpose",
    "email_check.replaces": "addresses_waiting.replaces",
    "notice_choice.kind": "notice_choices.notice",
    "notice_choice.channel": "notice_choices.channel",
    "notice_choice.wanted": "notice_choices.wanted",
    "notice.kind": "notices.notice",
    "notice.channel": "notices.channel",
    "notice.state": "notices.delivery",
    "announcement_delivery.state": "announcements.delivery",
    "audit.actor": "events.actor",
    "login_failure.subject": "wrong_passwords.subject",
}
OF_THE_OTHER_GUARDIAN = {"guardian.first_name", "signature.signed_at", "signature.fingerprint"}
DONE_FOR_THE_FAMILY = {"absence", "absence_news", "booking", "movement"}


@dataclass
class Given:
    canaries: Canaries
    sections: tuple[Section, ...]

    @property
    def file(self) -> dict[str, Any]:
        return json.loads(as_json(PersonalData(datetime(2026, 1, 1, tzinfo=UTC), self.sections)))

    @property
    def found(self) -> set[Any]:
        return set(leaves(self.file))

    def owners(self, whose: str) -> list[tuple[str, str]]:
        """(table, owner) of each row that is theirs."""
        rows = ((t, o) for t, of in self.canaries.rows.items() for o in of)
        return [(t, o) for t, o in rows if o.split("-")[0] == whose and t not in NOBODYS]


@pytest.fixture
async def given(database: Database) -> Given:
    await prove_keyring(database)
    canaries = await database.write(fill)
    me = canaries.rows["guardian"]["mine"]
    sections = await database.read(
        lambda c: SqlPrivacy(c).personal_data(GuardianId(me["id"]), FamilyId(me["family_id"]))
    )
    return Given(canaries, sections)


def columns(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].columns]


def references(table: str) -> set[str]:
    return {column.name for column in metadata.tables[table].c if column.foreign_keys}


async def test_every_column_about_them_is_in_the_file_or_kept_back_for_a_reason(
    given: Given,
) -> None:
    found, missing = given.found, []
    for table, owner in [*given.owners("mine"), ("child", "shared"), ("enrolment", "shared")]:
        for column in columns(table):
            name = f"{table}.{column}"
            decided = name in KEPT_BACK or name in NAMED or column in references(table)
            value = given.canaries.seen(table, owner, column)
            if not decided and value is not None and value not in found:
                missing.append(name)

    assert missing == []


async def test_what_is_kept_back_is_not_in_the_file(given: Given) -> None:
    leaked = [
        f"{table}.{column}"
        for table, owner in given.owners("mine")
        for column in columns(table)
        if f"{table}.{column}" in KEPT_BACK
        and (value := given.canaries.seen(table, owner, column)) not in {None, 0, ""}
        and value in given.found
        and column != "id"
    ]

    assert leaked == []


async def test_choices_are_found_where_they_belong(given: Given) -> None:
    file = given.file

    missing = [where for where in NAMED.values() if not _is_there(file, *where.split("."))]

    assert missing == []


def _is_there(file: dict[str, Any], part: str, name: str) -> bool:
    return bool(file[part]) and all(row[name] is not None for row in file[part])


async def test_nothing_of_another_family_is_in_the_file(given: Given) -> None:
    assert traces(given, "stranger") == []


async def test_of_the_other_guardian_there_is_the_first_name_and_what_they_did(
    given: Given,
) -> None:
    assert set(traces(given, "other")) == OF_THE_OTHER_GUARDIAN


def traces(given: Given, whose: str) -> list[str]:
    found = given.found
    return [
        f"{table}.{column}"
        for table, owner in given.owners(whose)
        if not (whose == "other" and table in DONE_FOR_THE_FAMILY)
        for column in columns(table)
        if column not in references(table)
        and f"{table}.{column}" not in NAMED
        and (value := given.canaries.seen(table, owner, column)) in found
        and value not in {None, True}
    ]


async def test_a_child_of_two_families_is_given_without_the_other_familys_bookings(
    given: Given,
) -> None:
    shared = given.canaries.rows["child"]["shared"]["first_name"]

    assert [row["child"] for row in given.file["bookings"]] == [shared, shared]
    assert len({row["asked_by"] for row in given.file["bookings"]}) == 2


async def test_every_part_is_there_even_when_it_is_empty(database: Database) -> None:
    sections = await database.read(
        lambda c: SqlPrivacy(c).personal_data(GuardianId(1), FamilyId(1))
    )

    assert [section.rows for section in sections] == [()] * len(sections)
    assert all(section.fields for section in sections)


def test_somebody_has_decided_about_every_table(given: Given) -> None:
    """And no decision is about what is no longer there."""
    filled = {table for table, _ in given.owners("mine")}
    names = {f"{t.name}.{c.name}" for t in metadata.tables.values() for c in t.c}

    assert filled | NOBODYS.keys() >= metadata.tables.keys()
    assert names >= KEPT_BACK.keys() | NAMED.keys()
