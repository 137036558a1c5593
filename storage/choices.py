"""What guardians chose of how they are told: ``domain.choices.ports.ChoicesTx``."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from domain.choices.model import Choices
from domain.families.model import GuardianId
from domain.notices.choosing import Wanted
from domain.notices.model import Channel, Kind
from domain.notices.quiet import Quiet, due_at
from storage.schema import guardian, guardian_structure, notice_choice, structure
from storage.upserts import insert_into

_guardian, _chosen = guardian.c, notice_choice.c
_zone = (
    select(structure.c.zone)
    .select_from(structure.join(guardian_structure))
    .where(guardian_structure.c.guardian_id == _guardian.id)
    .order_by(structure.c.id)
    .limit(1)
    .correlate(guardian)
    .scalar_subquery()
)
_PREFERENCES: Final = select(
    _guardian.id,
    _guardian.quiet_from,
    _guardian.quiet_until,
    _zone.label("zone"),
    _chosen.kind,
    _chosen.channel,
    _chosen.wanted,
).join_from(guardian, notice_choice, isouter=True)


@dataclass(frozen=True, slots=True)
class Preference:
    """What decides whether and when one guardian is told."""

    wanted: Wanted
    quiet: Quiet | None
    zone: ZoneInfo | None  # of their first structure

    def due(self, kind: Kind, channel: Channel, at: datetime) -> datetime:
        return at if self.zone is None else due_at(kind, channel, at, self.quiet, self.zone)


def preferences(
    connection: Connection, guardians: Set[GuardianId]
) -> Mapping[GuardianId, Preference]:
    """In one statement, however many."""
    if not guardians:
        return {}
    query = _PREFERENCES.where(_guardian.id.in_(guardians))
    found: dict[GuardianId, Preference] = {}
    wanted = defaultdict[GuardianId, dict[tuple[Kind, Channel], bool]](dict)
    for id_, start, until, zone, kind, channel, is_wanted in connection.execute(query):
        whose = GuardianId(id_)
        if kind is not None:
            wanted[whose][kind, channel] = is_wanted
        where = None if zone is None else ZoneInfo(zone)
        found[whose] = Preference(wanted[whose], _quiet(start, until), where)
    return found


def _quiet(start: time | None, until: time | None) -> Quiet | None:
    return None if start is None or until is None else Quiet(start, until)


class SqlChoices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def choices(self, guardian: GuardianId, *, lock: bool = False) -> Choices:
        query = select(
            _guardian.display, _guardian.quiet_from, _guardian.quiet_until, _guardian.tidy_screens
        ).where(_guardian.id == guardian)
        if lock:
            query = query.with_for_update(key_share=True)
        row = self._connection.execute(query).one()
        chosen = select(notice_choice).where(_chosen.guardian_id == guardian)
        return Choices(
            display=row.display,
            quiet=_quiet(row.quiet_from, row.quiet_until),
            tidy_screens=row.tidy_screens,
            wanted={(r.kind, r.channel): r.wanted for r in self._connection.execute(chosen)},
        )

    def choose_notice(
        self, guardian: GuardianId, kind: Kind, channel: Channel, *, wanted: bool
    ) -> None:
        query = insert_into(self._connection, notice_choice).values(
            guardian_id=guardian, kind=kind, channel=channel, wanted=wanted
        )
        query = query.on_conflict_do_update(notice_choice.primary_key, set_={"wanted": wanted})
        self._connection.execute(query)

    def set_quiet(self, guardian: GuardianId, quiet: Quiet | None) -> None:
        start, until = (None, None) if quiet is None else (quiet.start, quiet.until)
        self._change(guardian, quiet_from=start, quiet_until=until)

    def set_tidy_screens(self, guardian: GuardianId, *, wanted: bool) -> None:
        self._change(guardian, tidy_screens=wanted)

    def _change(self, guardian_id: GuardianId, **values: object) -> None:
        self._connection.execute(
            update(guardian).where(_guardian.id == guardian_id).values(**values)
        )
