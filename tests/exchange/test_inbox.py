"""X2: what the back office sends is taken once, whole or not at all."""

import csv
import json
import os
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.importing import ImportDocument, safe
from domain.activities.model import ActivityId
from domain.alerts.model import AlertKind
from domain.bookings.model import Wish
from domain.imports.answers import PATIENCE, TakeAnswers
from domain.imports.model import Counts
from domain.imports.ports import Progress
from domain.imports.service import ImportTown, silent
from domain.money.debiting import DebitConsumed
from domain.notices.model import Kind
from storage import schema
from storage.engine import transactions
from storage.exchange import DropInbox
from storage.imports import FileStaging, SqlImport
from storage.money import SqlMoney
from tests.exchange.test_three_nights import (
    CANTEEN,
    NINTH,
    SIXTEENTH,
    THURSDAY,
    TUESDAY,
    WEDNESDAYS,
    payment,
    told_families,
    wallet,
)
from tests.exchange.town_hall import at, tick_until_killed
from tests.fakes.accounts import FakePasswords

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def state(hall, parent: int, day, activity: int = WEDNESDAYS):
    query = select(schema.booking.c.state).where(
        schema.booking.c.family_id == parent,
        schema.booking.c.day == day,
        schema.booking.c.activity_id == activity,
    )
    return hall.database.read(lambda c: c.scalars(query).all())


def balance(hall, name: str = "Périscolaire"):
    query = select(schema.wallet.c.balance).where(schema.wallet.c.name == name)
    return hall.database.read(lambda c: [str(one) for one in c.scalars(query)])


def answer(ticket: int, said: str, day=NINTH, **more):
    named = {"activity": "ALSH", "day": day.isoformat(), "ticket": ticket}
    return {**named, "answer": said, "reason": "Complet", **more}


def boxes(folder: Path) -> dict[str, list[str]]:
    box = folder / "in"
    return {
        name: sorted(path.name for path in (box / name).glob("*") if path.is_file())
        for name in (".", "taken", "rejected")
    }


def problems(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "in" / "rejected" / f"{name}.problems.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


async def test_one_answer_that_cannot_be_and_none_of_the_file_is_applied(
    town_hall, back_office, folder
):
    await town_hall.ask(1, WEDNESDAYS, NINTH)
    name = back_office.send(
        answers=[answer(1, "accepted"), answer(99, "accepted")], payments=[payment("P1", 20)]
    )

    await town_hall.tick()

    assert await state(town_hall, 1, NINTH) == ["pending"]
    assert await balance(town_hall) == []
    assert boxes(folder) == {".": [], "taken": [], "rejected": [name, f"{name}.problems.csv"]}
    (told,) = problems(folder, name)
    assert (told["line"], told["column"], told["problem"]) == ("3", "ticket", "no_such_booking")


async def test_a_file_that_was_rejected_may_come_again_once_the_reason_has_gone(
    town_hall, back_office, folder
):
    name = back_office.send(answers=[answer(1, "refused")])
    await town_hall.tick()
    await town_hall.ask(1, WEDNESDAYS, NINTH)

    (folder / "in" / "rejected" / name).rename(folder / "in" / name)
    await town_hall.tick()

    assert await state(town_hall, 1, NINTH) == ["refused"]
    assert boxes(folder)["taken"] == [name]


async def test_the_same_content_under_another_name_is_taken_once(town_hall, back_office, folder):
    for name in ("one.json", "two.json"):
        back_office.sent = 0
        back_office.send(name, payments=[payment("P1", 20)])

    await town_hall.tick()

    assert await balance(town_hall) == ["20.00"]
    assert boxes(folder)["taken"] == ["one.json", "two.json"]


async def test_half_a_file_is_not_looked_at(town_hall, folder):
    box = folder / "in"
    for name in ("answers.json.part", ".answers.json", "answers.tmp"):
        (box / name).write_text("{")

    await town_hall.tick()

    assert len(boxes(folder)["."]) == 3
    assert boxes(folder)["rejected"] == []


async def test_what_is_no_table_is_set_aside_with_a_sentence(town_hall, folder):
    (folder / "in" / "lettre.docx").write_bytes(b"PK")

    await town_hall.tick()

    (told,) = problems(folder, "lettre.docx")
    assert (told["file"], told["problem"]) == ("lettre.docx", "unreadable")


async def test_an_answer_that_comes_after_the_family_withdrew_is_overtaken(
    town_hall, back_office, folder
):
    """A race, and nobody's fault: the rest of the file counts."""
    await town_hall.ask(1, WEDNESDAYS, NINTH)
    await town_hall.ask(2, WEDNESDAYS, NINTH)
    await town_hall.ask(1, WEDNESDAYS, NINTH, wish=Wish.CANCEL)
    back_office.send(answers=[answer(1, "accepted"), answer(2, "accepted")])

    await town_hall.tick()

    assert await state(town_hall, 1, NINTH) == ["cancelled"]
    assert await state(town_hall, 2, NINTH) == ["accepted"]
    assert boxes(folder)["rejected"] == []


async def test_a_second_answer_that_says_otherwise_is_a_problem(town_hall, back_office, folder):
    await town_hall.ask(1, WEDNESDAYS, NINTH)
    back_office.send(answers=[answer(1, "accepted")])
    await town_hall.tick()
    name = back_office.send(answers=[answer(1, "refused")])

    await town_hall.tick()

    assert await state(town_hall, 1, NINTH) == ["accepted"]
    assert problems(folder, name)[0]["problem"] == "answered_otherwise"


async def test_who_waits_is_accepted_by_the_town_only_where_there_is_a_place(
    town_hall, back_office, folder
):
    await town_hall.ask(1, WEDNESDAYS, SIXTEENTH)
    await town_hall.ask(2, WEDNESDAYS, SIXTEENTH)
    name = back_office.send(answers=[answer(2, "accepted", SIXTEENTH)])

    await town_hall.tick()

    assert await state(town_hall, 2, SIXTEENTH) == ["waitlisted"]
    assert problems(folder, name)[0]["problem"] == "no_place"


async def test_what_the_town_put_off_is_not_served_by_the_queue_but_by_the_town(
    town_hall, back_office
):
    """Its place goes to the next in line; its own turn comes with the next answer."""
    await town_hall.ask(1, WEDNESDAYS, SIXTEENTH)
    await town_hall.ask(2, WEDNESDAYS, SIXTEENTH)
    back_office.send(answers=[answer(1, "waitlisted", SIXTEENTH)])
    await town_hall.tick()
    served = [await state(town_hall, n, SIXTEENTH) for n in (1, 2)]
    await town_hall.ask(2, WEDNESDAYS, SIXTEENTH, wish=Wish.CANCEL)
    left_alone = await state(town_hall, 1, SIXTEENTH)
    back_office.send(answers=[answer(1, "accepted", SIXTEENTH)])

    await town_hall.tick()

    assert served == [["waitlisted"], ["pending"]]
    assert left_alone == ["waitlisted"]
    assert await state(town_hall, 1, SIXTEENTH) == ["accepted"]


async def test_what_the_town_counted_for_a_booking_is_not_debited_again(town_hall, back_office):
    await town_hall.ask(1, CANTEEN, THURSDAY)
    counted = {
        "code": "K1",
        "family": "F1",
        "child": "C1",
        "activity": "CANT",
        "day": THURSDAY.isoformat(),
        "unit_price": "3.10",
        "ticket": 1,
    }
    back_office.send(consumptions=[counted])
    await town_hall.tick()
    money = transactions(town_hall.database, SqlMoney)
    town_hall.now = at(THURSDAY.replace(day=30), 9)

    await DebitConsumed(money, town_hall.catalogues, town_hall.clock)()

    assert await balance(town_hall) == ["-3.10"]


async def test_where_cartable_had_debited_the_difference_is_written(town_hall, back_office):
    await town_hall.ask(1, CANTEEN, THURSDAY)
    town_hall.now = at(THURSDAY.replace(day=30), 9)
    money = transactions(town_hall.database, SqlMoney)
    await DebitConsumed(money, town_hall.catalogues, town_hall.clock)()
    counted = {
        "code": "K1",
        "family": "F1",
        "child": "C1",
        "activity": f"#{ActivityId(CANTEEN)}",
        "day": THURSDAY.isoformat(),
        "unit_price": "3.10",
        "ticket": 1,
    }
    before = await balance(town_hall)
    back_office.send(consumptions=[counted])

    await town_hall.tick()

    assert (before, await balance(town_hall)) == (["-4.00"], ["-3.10"])


async def test_a_wallet_that_is_said_again_with_another_day_is_corrected(town_hall, back_office):
    back_office.send(wallets=[wallet("F1", "Loisirs", "10", THURSDAY)])
    await town_hall.tick()
    back_office.send(wallets=[wallet("F1", "Loisirs", "12.50", NINTH)])

    await town_hall.tick()

    assert await balance(town_hall, "Loisirs") == ["12.50"]


@pytest.mark.parametrize(("what", "nth"), [("put", 1), ("put", 2), ("put", 4), ("set_aside", 1)])
async def test_killed_at_any_of_its_files_it_ends_as_if_it_had_not_been(
    town_hall, back_office, folder, database_url, key, what, nth
):
    await town_hall.ask(1, WEDNESDAYS, NINTH)
    back_office.send(answers=[answer(1, "refused")], payments=[payment("P1", 20)])
    town_hall.now = at(THURSDAY.replace(day=25), 4)

    tick_until_killed(database_url, key, folder, town_hall.now, what=what, nth=nth)
    town_hall.now = at(THURSDAY.replace(day=25), 5)
    await town_hall.tick()

    assert await state(town_hall, 1, NINTH) == ["refused"]
    assert await balance(town_hall) == ["20.00"]
    assert len(await town_hall.database.read(told_families)) == 1
    back_office.take()
    assert sorted(kind for _, kind in back_office.kinds) == ["booking", "refusal"]
    assert back_office.numbers == [1, 2]


async def test_an_old_file_that_comes_back_does_not_undo_a_newer_one(
    town_hall, back_office, folder
):
    old = back_office.send(wallets=[wallet("F1", "Loisirs", "10", THURSDAY)])
    await town_hall.tick()
    back_office.send(wallets=[wallet("F1", "Loisirs", "12.50", THURSDAY)])
    await town_hall.tick()

    (folder / "in" / "taken" / old).rename(folder / "in" / old)
    await town_hall.tick()

    assert await balance(town_hall, "Loisirs") == ["12.50"]
    assert boxes(folder)["."] == []


async def test_a_day_that_a_file_closes_is_closed_to_those_who_booked_it(town_hall, folder):
    """N5: told, as when an agent closes it."""
    await town_hall.ask(1, CANTEEN, THURSDAY)
    await town_hall.ask(2, WEDNESDAYS, NINTH)
    closing = f"activity,day,open\nCANT,{THURSDAY},non\nCANT,2026-11-27,non\nALSH,{NINTH},oui\n"
    (folder / "in" / "openings.csv").write_text(closing)

    await town_hall.tick()

    assert await state(town_hall, 1, THURSDAY, CANTEEN) == ["cancelled"]
    assert await state(town_hall, 2, NINTH) == ["pending"]
    told = await town_hall.database.read(told_families)
    assert told == [(1, Kind.DAY_CLOSED)]


async def test_a_file_of_the_chat_is_imported_and_leaves_nothing_behind(town_hall):
    document = ImportDocument(town_hall.import_town)
    content = b"code,resident\nF9,oui\n"

    dry = await document("../in/families.csv", content, dry_run=True, progress=silent, by=None)
    done = await document("families.csv", content, dry_run=False, progress=silent, by=None)

    assert (dry.applied, dry.total) == (False, Counts(new=1))
    assert (done.applied, done.total) == (True, Counts(new=1))
    assert safe("..\\..\\x/.families.csv") == "families.csv"


def told(hall):
    of = schema.staff_alert.c
    query = select(of.kind, of.structure_id, of.details).order_by(of.id)
    return hall.database.read(lambda c: [tuple(row) for row in c.execute(query)])


async def test_a_file_with_problems_is_told_to_the_agents_once_a_day(
    town_hall, back_office, folder
):
    name = back_office.send(answers=[answer(99, "accepted")])
    content = (folder / "in" / name).read_bytes()
    await town_hall.tick()
    (folder / "in" / name).write_bytes(content)

    await town_hall.tick()

    assert await told(town_hall) == [
        (AlertKind.ANSWERS_REFUSED, None, {"file": name, "problems": 1})
    ]


async def test_what_is_not_taken_for_a_day_is_told_to_the_agents_once(town_hall):
    town_hall.now = at(TUESDAY, 20)
    await town_hall.tick()
    fresh = await told(town_hall)
    for day in (1, 2):
        town_hall.now = at(TUESDAY + timedelta(days=day), 20)
        await town_hall.tick()

    late = await told(town_hall)
    assert fresh == []
    assert [(kind, structure) for kind, structure, _ in late] == [
        (AlertKind.TRANSMISSION_WAITING, 1)
    ]
    assert late[0][2]["number"] == 1


async def test_a_file_that_closes_a_day_that_is_over_takes_nothing_back(town_hall, folder):
    """It was consumed and debited: what the town gives back comes as a payment (M1)."""
    await town_hall.ask(1, CANTEEN, THURSDAY)
    town_hall.now = at(THURSDAY.replace(day=THURSDAY.day + 1), 5)
    money = transactions(town_hall.database, SqlMoney)
    await DebitConsumed(money, town_hall.catalogues, town_hall.clock)()
    before = await balance(town_hall)
    (folder / "in" / "openings.csv").write_text(f"activity,day,open\nCANT,{THURSDAY},non\n")

    await town_hall.tick()

    assert boxes(folder)["taken"] == ["openings.csv"]
    assert await state(town_hall, 1, THURSDAY, CANTEEN) == ["accepted"]
    assert await balance(town_hall) == before
    assert await town_hall.database.read(told_families) == []


async def test_a_table_that_a_file_says_twice_is_a_problem_and_no_line_is_lost(town_hall, folder):
    tables = ", ".join(f'"payments": [{json.dumps(payment(code, 20))}]' for code in ("P1", "P2"))
    said = '{"format": "cartable-answer", "version": 1, ' + tables + "}"
    (folder / "in" / "twice.json").write_text(said)

    await town_hall.tick()

    assert await balance(town_hall) == []
    assert problems(folder, "twice.json")[0]["problem"] == "unreadable"


async def test_a_name_that_is_no_unicode_is_told_and_does_not_hold_up_the_next_file(
    town_hall, back_office, folder
):
    said = (
        '{"format": "cartable-answer", "version": 1, "\\ud800": [], "payments": [{"\\ud800": 1}]}'
    )
    (folder / "in" / "0000.json").write_text(said)
    (folder / "in" / os.fsdecode(b"0000-\xe9.json")).write_text("{")
    back_office.send(payments=[payment("P1", 20)])

    await town_hall.tick()

    assert await balance(town_hall) == ["20.00"]
    assert len(boxes(folder)["rejected"]) == 4
    assert boxes(folder)["."] == []


async def test_a_file_that_another_process_has_taken_meanwhile_is_left_to_it(
    town_hall, back_office, folder
):
    name = back_office.send(payments=[payment("P1", 20)])
    inbox = DropInbox(town_hall.drop, lambda problem: problem.trouble.value)
    late = TakeAnswers(
        Stale(inbox, ("gone.json", name)), town_hall.import_town, town_hall.alerts, town_hall.clock
    )

    taken = await late()

    assert taken == 1
    assert boxes(folder)["rejected"] == []


class Stale:
    """Has looked before the other process took what it saw."""

    def __init__(self, inbox: DropInbox, seen: tuple[str, ...]) -> None:
        self._inbox, self._seen = inbox, seen

    def waiting(self) -> tuple[str, ...]:
        return self._seen

    def __getattr__(self, name: str):
        return getattr(self._inbox, name)


def counted(code: str, price: str) -> dict[str, object]:
    of = {"family": "F1", "child": "C1", "activity": "CANT", "day": THURSDAY.isoformat()}
    return {"code": code, **of, "unit_price": price, "ticket": 1}


@pytest.mark.parametrize("together", [True, False], ids=["one file", "two files"])
async def test_a_booking_is_counted_by_one_line_whatever_the_codes(
    town_hall, back_office, folder, together
):
    """A second line would correct once more what the first has corrected."""
    await town_hall.ask(1, CANTEEN, THURSDAY)
    files = [[counted("K1", "3.10")], [counted("K2", "3.10")]]
    for lines in [[*files[0], *files[1]]] if together else files:
        last = back_office.send(consumptions=lines)

    await town_hall.tick()

    assert problems(folder, last)[0]["problem"] == "twice"
    assert await balance(town_hall) == ([] if together else ["-3.10"])


class Faulty:
    """Reads as the running bot does, but for the files of that name: a fault nobody foresaw."""

    def __init__(self, *names: str) -> None:
        self.names, self._stage = set(names), FileStaging()

    @asynccontextmanager
    async def __call__(self, path: Path, progress: Progress):
        if path.name in self.names:
            raise ZeroDivisionError
        async with self._stage(path, progress) as staged:
            yield staged


def taking(hall, stage, inbox=None) -> TakeAnswers:
    imports = transactions(hall.database, SqlImport)
    importing = ImportTown(imports, stage, FakePasswords(), hall.clock)
    box = inbox or DropInbox(hall.drop, lambda problem: problem.trouble.value)
    return TakeAnswers(box, importing, hall.alerts, hall.clock)


async def tried(take: TakeAnswers, times: int) -> None:
    for _ in range(times):
        with pytest.raises(ZeroDivisionError):
            await take()


async def test_a_file_that_breaks_the_reader_again_and_again_is_set_aside_and_told(
    town_hall, back_office, folder
):
    name = back_office.send(payments=[payment("P1", 20)])
    later = back_office.send(payments=[payment("P2", 5)])
    take = taking(town_hall, Faulty(name))
    await tried(take, PATIENCE - 1)
    assert boxes(folder)["."] == [name, later]  # order counts: it may pass by itself

    assert await take() == 1

    assert boxes(folder)["taken"] == [later]
    assert boxes(folder)["rejected"] == [name, f"{name}.problems.csv"]
    assert problems(folder, name)[0]["problem"] == "unforeseen"
    assert await balance(town_hall) == ["5.00"]
    assert await told(town_hall) == [
        (AlertKind.ANSWERS_REFUSED, None, {"file": name, "problems": 1})
    ]


async def test_a_fault_that_has_passed_counts_no_more(town_hall, back_office, folder):
    name = back_office.send(payments=[payment("P1", 20)])
    stage = Faulty(name)
    take = taking(town_hall, stage)
    await tried(take, PATIENCE - 1)
    stage.names.clear()
    assert await take() == 1
    (folder / "in" / "taken" / name).rename(folder / "in" / name)
    stage.names.add(name)

    await tried(take, PATIENCE - 1)

    assert boxes(folder)["rejected"] == []


class Immovable(DropInbox):
    """A file whose name is too long for its report, or that we may not move."""

    def reject(self, name: str, problems) -> None:
        raise PermissionError


async def test_a_file_that_cannot_even_be_set_aside_is_passed_over(town_hall, back_office, folder):
    name = back_office.send(payments=[payment("P1", 20)])
    back_office.send(payments=[payment("P2", 5)])
    inbox = Immovable(town_hall.drop, lambda problem: problem.trouble.value)
    take = taking(town_hall, Faulty(name), inbox)
    await tried(take, PATIENCE - 1)

    for _ in range(2):  # the operator still hears of it
        with pytest.raises(PermissionError):
            await take()

    assert boxes(folder)["."] == [name]
    assert await balance(town_hall) == ["5.00"]
    assert len(await told(town_hall)) == 1


async def test_a_file_of_the_longest_name_is_set_aside_with_its_problems(town_hall, folder):
    name = "é" * 125 + ".json"  # 255 bytes, the most that a folder takes
    (folder / "in" / name).write_text("{")

    await town_hall.tick()

    assert boxes(folder)["."] == []
    assert name in boxes(folder)["rejected"]


@pytest.mark.parametrize("pair", [("F1", "#1"), ("#1", "F1"), ("#1", "#01")])
async def test_one_wallet_by_its_code_and_by_our_number_is_said_twice(
    town_hall, back_office, folder, pair
):
    said = [wallet(family, "Loisirs", "10", THURSDAY) for family in pair]
    name = back_office.send(wallets=said)

    await town_hall.tick()

    assert [one["problem"] for one in problems(folder, name)] == ["twice"]


async def test_two_wallets_of_our_numbers_are_said_once_each(town_hall, back_office):
    said = [wallet(family, "Loisirs", "10", THURSDAY) for family in ("#1", "#2", "F3")]
    back_office.send(wallets=said)

    await town_hall.tick()

    assert await balance(town_hall, "Loisirs") == ["10.00"] * 3


async def test_one_request_by_the_code_and_by_our_number_is_answered_once(
    town_hall, back_office, folder
):
    await town_hall.ask(1, WEDNESDAYS, NINTH)
    one = answer(1, "accepted")
    name = back_office.send(answers=[one, {**one, "activity": f"#{WEDNESDAYS}"}])

    await town_hall.tick()

    assert await state(town_hall, 1, NINTH) == ["pending"]
    assert problems(folder, name)[0]["problem"] == "twice"


async def test_a_file_of_old_excel_is_told_in_words_that_help(town_hall, folder):
    (folder / "in" / "families.csv").write_bytes("code,resident\nÉ1,oui\n".encode("cp1252"))

    await town_hall.tick()

    assert problems(folder, "families.csv")[0]["problem"] == "not_utf_8"
