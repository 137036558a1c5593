"""The night: the town hears every movement once, then every family reads its report (X2, N2)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from domain.activities.model import StructureId
from domain.activities.ports import Catalogues
from domain.bookings.model import ASKED, MovementKind, State
from domain.clock import Clock
from domain.families.model import FamilyId
from domain.notices.model import FamilyNotice, Kind
from domain.reports.model import (
    FamilyReport,
    Handover,
    Reported,
    Transmission,
)
from domain.reports.ports import ExchangeFiles, Transmissions
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class RunNight:
    """Claim, write, report; each step may be cut and is taken up where it stopped.

    The claim is by state and once per structure and night; the files are a function of what was
    claimed, so writing them again gives the same bytes; closing and queueing the reports is one
    transaction.
    """

    transmissions: Transaction[Transmissions]
    files: ExchangeFiles
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, night: date) -> None:
        catalogue = await self.catalogues()
        for structure in catalogue.structures:
            await self._claim(structure, night)
        for transmission in await self.transmissions.read(lambda tx: tx.unwritten()):
            await self._hand_over(transmission)

    async def _claim(self, structure: StructureId, night: date) -> None:
        at = self.clock()
        await self.transmissions.write(lambda tx: tx.claim(structure, night, at))

    async def _hand_over(self, transmission: Transmission) -> None:
        contents = await self.transmissions.read(lambda tx: tx.contents(transmission.id))
        checksum = self.files.write(transmission, contents)
        at = self.clock()
        notices = [
            FamilyNotice(
                key=f"{Kind.NIGHTLY_REPORT}:{transmission.id}:{report.family_id}",
                family_id=report.family_id,
                kind=Kind.NIGHTLY_REPORT,
                params=report_params(report),
                at=at,
            )
            for report in family_reports(transmission, contents.movements)
        ]
        await self.transmissions.write(
            lambda tx: tx.written(transmission.id, at, checksum, notices)
        )


@dataclass(frozen=True, slots=True)
class FollowHandover:
    """Offered until it is taken: what was lost before the back office acknowledged it, or was
    acknowledged with another checksum, is written again, the same bytes. Answers how many are now
    known to be taken.
    """

    transmissions: Transaction[Transmissions]
    files: ExchangeFiles
    clock: Clock

    async def __call__(self) -> int:
        waiting = await self.transmissions.read(lambda tx: tx.untaken())
        seen = zip(waiting, self.files.look(waiting), strict=True)
        taken = [one.id for one, state in seen if await self._is_taken(one, state)]
        now = self.clock()
        if taken:
            await self.transmissions.write(lambda tx: tx.taken(taken, now))
        return len(taken)

    async def _is_taken(self, transmission: Transmission, state: Handover) -> bool:
        if state is Handover.WAITS:
            return False
        contents = await self.transmissions.read(lambda tx: tx.contents(transmission.id))
        if state is Handover.SIGNED:
            state = self.files.compare(transmission, contents)
        if state in {Handover.LOST, Handover.MISREAD}:
            self.files.dismiss(transmission)
            self.files.write(transmission, contents)
        return state is Handover.TAKEN


def family_reports(
    transmission: Transmission, movements: Sequence[Reported]
) -> tuple[FamilyReport, ...]:
    """One for each family that asked something; what others decided was told at once."""
    asked: defaultdict[FamilyId, list[Reported]] = defaultdict(list)
    for reported in movements:
        if reported.movement.kind in ASKED:
            asked[reported.movement.family_id].append(reported)
    return tuple(
        FamilyReport(
            family_id=family,
            structure_id=transmission.structure_id,
            night=transmission.night,
            booked=sum(line.movement.kind is MovementKind.BOOKING for line in lines),
            cancelled=sum(line.movement.kind is MovementKind.CANCELLATION for line in lines),
            changed=sum(line.movement.kind is MovementKind.CHANGE for line in lines),
            lines=tuple(lines),
        )
        for family, lines in asked.items()
    )


_ORDER = (State.WAITLISTED, State.PENDING, State.ACCEPTED, State.REFUSED, State.CANCELLED)


def report_params(report: FamilyReport) -> dict[str, object]:
    """Groups in the guide's order: by state, then activity, then child, then dates."""
    by_state: defaultdict[State, list[Reported]] = defaultdict(list)
    for line in report.lines:
        by_state[_told_as(line)].append(line)
    return {
        "structure": report.structure_id,
        "night": report.night.isoformat(),
        "booked": report.booked,
        "cancelled": report.cancelled,
        "changed": report.changed,
        "groups": [
            {"state": state.value, "activities": _activities(by_state[state])}
            for state in _ORDER
            if by_state[state]
        ],
    }


def _told_as(line: Reported) -> State:
    if line.movement.kind is MovementKind.CANCELLATION:
        return State.CANCELLED
    # An offer still waits for the family's answer: it is in the queue until then.
    return State.WAITLISTED if line.state is State.OFFERED else line.state


def _activities(lines: Sequence[Reported]) -> list[dict[str, object]]:
    def activity(line: Reported) -> int:
        return line.movement.slot.activity_id

    def child(line: Reported) -> int:
        return line.movement.slot.child_id

    return [
        {
            "activity": key,
            "children": [
                {
                    "child": child_id,
                    "days": sorted({x.movement.slot.day.isoformat() for x in theirs}),
                }
                for child_id, theirs in groupby(sorted(found, key=child), key=child)
            ],
        }
        for key, found in groupby(sorted(lines, key=activity), key=activity)
    ]
