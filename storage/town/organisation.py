"""The organisation and its calendar."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from domain.activities.model import ActivityId, StructureId
from domain.announcements.composed import Reach
from domain.announcements.model import PICTURES
from domain.calendar.model import DateRange
from storage.schema import announcement, public_holiday, school_holiday, structure
from storage.town.rows import Rows


class Organisation(Rows):
    def structure(
        self,
        *,
        name: str,
        welcome: str,
        updated_at: datetime,
        zone: str = "Europe/Paris",
        draft_hours: int = 24,
        debt_threshold: Decimal = Decimal(0),
    ) -> StructureId:
        """``debt_threshold``: EUR."""
        said = {"name": name, "welcome": welcome, "zone": zone, "updated_at": updated_at}
        limits = {"draft_hours": draft_hours, "debt_threshold": debt_threshold}
        return StructureId(self._add(structure, **said, **limits))

    def school_holidays(self, structure: StructureId, periods: Iterable[DateRange]) -> None:
        rows = [{"structure_id": structure, "first": p.first, "last": p.last} for p in periods]
        self._add_all(school_holiday, rows)

    def public_holidays(self, structure: StructureId, days: Iterable[date]) -> None:
        self._add_all(public_holiday, [{"structure_id": structure, "day": day} for day in days])

    def announcement(
        self,
        structure: StructureId,
        *,
        title: str,
        text: str,
        starts_at: datetime,
        ends_at: datetime | None = None,
        activity: ActivityId | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> None:
        """``activity``: only for the families enrolled there. ``file``: its name and content."""
        name, content = file or (None, None)
        self._add(
            announcement,
            structure_id=structure,
            title=title,
            text=text,
            starts_at=starts_at,
            ends_at=ends_at,
            activity_id=activity,
            file_name=name,
            file=content,
            reach=Reach.STRUCTURE if activity is None else Reach.ACTIVITY,
            file_is_picture=name is not None and name.lower().endswith(PICTURES),
        )
