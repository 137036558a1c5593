"""Every problem of a file at once, and what it would change; nothing is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from domain.activities.model import ActivityId
from domain.bookings.answering import Answer, Became, judge
from domain.bookings.model import Booking
from domain.imports.holding import Needs
from domain.imports.linking import Ids, find, keyed, link, wanted
from domain.imports.model import Counts, Outcome, Problem, Record, Table, Trouble
from domain.imports.ports import BookingKey, ImportTx, Known, Progress, Staged
from domain.imports.reading import references

MOST_TOLD: Final = 1000  # problems; the rest is counted
KEPT: Final = frozenset({Table.CONSUMPTIONS, Table.PAYMENTS})
"""Written into the ledger, where nothing is changed (decision 25)."""
TROUBLES: Final = {
    Became.ANSWERED_OTHERWISE: Trouble.ANSWERED_OTHERWISE,
    Became.NO_PLACE: Trouble.NO_PLACE,
    Became.NO_WAITLIST: Trouble.NO_WAITLIST,
}


class Check:
    """Single use."""

    def __init__(self, tx: ImportTx, staged: Staged, progress: Progress) -> None:
        self._tx, self._staged, self._progress = tx, staged, progress
        self._told = list(staged.problems)
        self._troubles = staged.troubles
        self._done = 0
        self._numbered: set[str] = set()
        self.needs = Needs()

    def __call__(self) -> Outcome:
        counts = {
            table: sum(map(self._counted(table), self._staged.chunks(table)), Counts())
            for table in Table
        }
        return Outcome(
            counts={table: one for table, one in counts.items() if one != Counts()},
            problems=tuple(self._told),
            troubles=self._troubles,
        )

    def _counted(self, table: Table) -> Callable[[Sequence[Record]], Counts]:
        check = self._answers() if table is Table.ANSWERS else self._records

        def count(chunk: Sequence[Record]) -> Counts:
            self._done += len(chunk)
            self._progress("checking", self._done, self._staged.lines)
            return check(self._once(chunk))

        return count

    def _once(self, chunk: Sequence[Record]) -> Sequence[Record]:
        """By their keys for ever. A line that another says with a code, or with the same number
        written otherwise, is said twice.
        """
        named = keyed(self._tx, chunk)
        told = {one.key for one, as_said in zip(named, chunk, strict=True) if one is not as_said}
        if not told:
            return named
        by_code = self._staged.has(chunk[0].table, told)
        for one, as_said in zip(named, chunk, strict=True):
            if one is as_said:
                continue
            if (one.key in by_code and one.key != as_said.key) or one.key in self._numbered:
                self._tell([one.problem(Trouble.TWICE, first=one.key)])
            self._numbered.add(one.key)
        return named

    def _records(self, chunk: Sequence[Record]) -> Counts:
        known, ids = self._tx.known(chunk), find(self._tx, chunk)
        self._tell(self._dangling(chunk, ids))
        touched = [record for record in chunk if not is_same(record, known)]
        self._tell(
            record.problem(Trouble.LEDGER_KEPT) for record in touched if _kept(record, known)
        )
        lines = [link(record, ids, known) for record in touched]
        self.needs.add(lines)
        self._tell(self._tx.conflicts(lines))
        changed = sum(record.key in known for record in touched)
        return Counts(len(touched) - changed, changed, len(chunk) - len(touched))

    def _answers(self) -> Callable[[Sequence[Record]], Counts]:
        catalogue = self._tx.catalogue()

        def check(chunk: Sequence[Record]) -> Counts:
            ids = find(self._tx, chunk)
            self._tell(self._dangling(chunk, ids))
            keys = {r.line: key for r in chunk if (key := booking_key(r, ids)) is not None}
            bookings = self._tx.bookings_named(set(keys.values()))
            self.needs.answer(bookings.values())
            asked = [record for record in chunk if record.line in keys]
            self._tell(unnamed(asked, keys, bookings))
            found = [(r, bookings[keys[r.line]]) for r in asked if keys[r.line] in bookings]
            became = [(r, b, judge(b, Answer(r.values["answer"]), catalogue)) for r, b in found]
            self._tell(told for r, b, what in became for told in _refusal(r, what, b.state.value))
            return tally(what for _, _, what in became)

        return check

    def _dangling(self, chunk: Sequence[Record], ids: Ids) -> Iterator[Problem]:
        missing = {
            table: codes - ids[table].keys() - self._staged.has(table, codes - ids[table].keys())
            for table, codes in wanted(chunk).items()
        }
        if not any(missing.values()):
            return
        for record in chunk:
            for column, code in references(record):
                if column.refers is not None and code in missing[column.refers]:
                    told = {"value": code, "table": column.refers.value}
                    yield record.problem(Trouble.UNKNOWN_REFERENCE, column.name, **told)

    def _tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._troubles += 1
            if len(self._told) < MOST_TOLD:
                self._told.append(problem)


def is_same(record: Record, known: Mapping[str, Known]) -> bool:
    there = known.get(record.key)
    return there is not None and there.same


def booking_key(record: Record, ids: Ids) -> BookingKey | None:
    """None where the activity is unknown."""
    linked = link(record, ids, {})
    if "activity" not in linked.refers:
        return None
    activity = ActivityId(linked.one("activity"))
    return activity, record.values["day"], record.values["ticket"]


def unnamed(
    asked: Sequence[Record],
    keys: Mapping[int, BookingKey],
    bookings: Mapping[BookingKey, Booking],
) -> list[Problem]:
    """Answers to bookings that are not there."""
    unknown = (record for record in asked if keys[record.line] not in bookings)
    return [record.problem(Trouble.NO_SUCH_BOOKING, "ticket") for record in unknown]


def tally(became: Iterable[Became]) -> Counts:
    found = list(became)
    return Counts(
        changed=found.count(Became.DONE),
        unchanged=found.count(Became.SAME),
        overtaken=found.count(Became.OVERTAKEN),
    )


def _kept(record: Record, known: Mapping[str, Known]) -> bool:
    return record.table in KEPT and record.key in known


def _refusal(record: Record, became: Became, state: str) -> Iterable[Problem]:
    trouble = TROUBLES.get(became)
    return () if trouble is None else [record.problem(trouble, "answer", state=state)]
