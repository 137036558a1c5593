"""A checked file into the town, table by table, chunk by chunk, in one transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.activities.model import ActivityId
from domain.bookings.answering import Answer, Answered, Became, answer_all
from domain.bookings.town import close_day
from domain.imports.checking import TROUBLES, booking_key, is_same, tally, unnamed
from domain.imports.linking import find, keyed, link
from domain.imports.model import Counts, Linked, Outcome, Problem, Record, Table
from domain.imports.online import recognise
from domain.imports.ports import ImportTx, Progress, Staged


class Refused(Exception):
    """Rolls everything back; ``outcome`` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("problems in the file")
        self.outcome = outcome


class Write:
    """Single use; checked before, in the same transaction."""

    def __init__(
        self, tx: ImportTx, staged: Staged, nobodys: str, now: datetime, progress: Progress
    ) -> None:
        self._tx, self._staged, self._now, self._progress = tx, staged, now, progress
        self._nobodys = nobodys
        self._done = 0
        self._touched = False

    def tables(self) -> None:
        for table in Table:
            if table is not Table.ANSWERS:
                for chunk in self._staged.chunks(table):
                    self._write(keyed(self._tx, chunk))
        if self._touched:
            self._tx.publish(self._now)

    def answers(self, checked: Counts | None) -> Counts | None:
        """What became of them under the locks. Raises Refused."""
        if checked is None:
            return None
        return sum(map(self._answer, self._staged.chunks(Table.ANSWERS)), Counts())

    def _write(self, chunk: Sequence[Record]) -> None:
        known, ids = self._tx.known(chunk), find(self._tx, chunk)
        touched = [link(r, ids, known) for r in chunk if not is_same(r, known)]
        # Now that all they refer to is there: what the same file contradicts shows only here.
        refuse_any(self._tx.conflicts(touched))
        new = [line for line in touched if line.record.key not in known]
        changed = [line for line in touched if line.record.key in known]
        if new and new[0].record.table is Table.PAYMENTS:
            new = recognise(self._tx, new, self._now)
        if new:
            self._tx.add(new, self._now, self._nobodys)
        if changed:
            self._tx.change(changed, self._now)
        self._touched |= bool(touched)
        if chunk[0].table is Table.OPENINGS:
            self._close(touched)
        self._done += len(chunk)
        self._progress("writing", self._done, self._staged.lines)

    def _close(self, lines: Sequence[Linked]) -> None:
        """Whoever is booked on a day that closes is told (N5). A day that is over was consumed and
        debited: closing it ends nothing, and what the town gives back comes as a payment.
        """
        closed = {
            (ActivityId(line.one("activity")), line.record.values["day"])
            for line in lines
            if not line.record.values["open"]
        }
        held = self._tx.holders_on(closed) if closed else set()
        if not held:
            return
        bookings, catalogue = self._tx.bookings, self._tx.catalogue()
        for activity, day in sorted(held, key=lambda one: (one[1], one[0])):
            if day >= catalogue.structure_of(activity).today(self._now):
                close_day(bookings, catalogue, activity, day, self._now)

    def _answer(self, chunk: Sequence[Record]) -> Counts:
        ids = find(self._tx, chunk)
        keys = {r.line: key for r in chunk if (key := booking_key(r, ids)) is not None}
        bookings = self._tx.bookings_named(set(keys.values()))
        refuse_any(unnamed(chunk, keys, bookings))
        lines = {bookings[keys[record.line]].id: record for record in chunk}
        asked = [
            Answered(
                bookings[keys[record.line]],
                Answer(record.values["answer"]),
                record.values["reason"] or "",
            )
            for record in chunk
        ]
        became = list(answer_all(self._tx.bookings, self._tx.catalogue(), self._now, asked))
        refuse_any(
            _told(lines[one.booking.id], one, what) for one, what in became if what in TROUBLES
        )
        return tally(what for _, what in became)


def refuse_any(problems: Iterable[Problem]) -> None:
    """Raises Refused."""
    if found := list(problems):
        raise Refused(Outcome({}, found, len(found)))


def _told(record: Record, one: Answered, became: Became) -> Problem:
    return record.problem(TROUBLES[became], "answer", state=one.booking.state.value)
