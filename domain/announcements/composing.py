"""Composing: what to say, to whom, when (S2). Nothing leaves before it is confirmed.

All refuse whoever may not announce for that structure: NotAllowed by role, NotFound for an
announcement of another structure than theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.activities.ports import Catalogues
from domain.announcements import rules
from domain.announcements.acts import AnnouncementAct
from domain.announcements.announcing import AnnouncingTx
from domain.announcements.composed import (
    UNSENT,
    Audience,
    Classes,
    Composed,
    File,
    Followed,
    Planned,
    Reach,
    Status,
)
from domain.announcements.errors import AnnouncementChanged, FileStays, TooLate
from domain.announcements.model import AnnouncementId
from domain.clock import Clock
from domain.errors import NotFound
from domain.staff.acts import StaffAct, noted
from domain.staff.errors import NotAllowed
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

LISTED: Final = 20
LONGEST_SHOWN: Final = 366  # days


def found(
    tx: AnnouncingTx, who: StaffIdentity, announcement: AnnouncementId, *, lock: bool = False
) -> Composed:
    """Raises NotFound: unknown, thrown away, or of another structure than theirs."""
    composed = tx.find(announcement, lock=lock)
    if composed is None or composed.structure_id not in who.structures:
        raise NotFound
    return composed


def answered_for(
    tx: AnnouncingTx, who: StaffIdentity, announcement: AnnouncementId, *, lock: bool = False
) -> Composed:
    """The same, by who answers for all whom it reaches. Raises NotFound, and NotAllowed where it
    is for the families of all structures and they do not work for all.
    """
    composed = found(tx, who, announcement, lock=lock)
    if composed.audience.reach is Reach.EVERYONE and not set(tx.structures()) <= {*who.structures}:
        raise NotAllowed
    return composed


@dataclass(frozen=True, slots=True)
class ListComposed:
    """Of the structure shown: what is not sent yet, then the newest."""

    announcing: Transaction[AnnouncingTx]

    async def __call__(self, who: StaffIdentity) -> tuple[Composed, ...]:
        who.check(Right.READ_ANNOUNCEMENTS)
        return await self.announcing.read(lambda tx: tx.listed((who.structure_id,), LISTED))


@dataclass(frozen=True, slots=True)
class OpenComposed:
    """As it stands: planned before it is sent, followed afterwards."""

    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId
    ) -> Planned | Followed:
        who.check(Right.READ_ANNOUNCEMENTS)
        now = self.clock()

        def work(tx: AnnouncingTx) -> Planned | Followed:
            composed = found(tx, who, announcement)
            if composed.status in UNSENT:
                return Planned(composed, tx.reach(announcement, now))
            return Followed(composed, tx.progress(announcement))

        return await self.announcing.read(work)


@dataclass(frozen=True, slots=True)
class FetchFile:
    """Of the preview. Raises NotFound, also for one without a file."""

    announcing: Transaction[AnnouncingTx]

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId
    ) -> tuple[Composed, bytes]:
        who.check(Right.READ_ANNOUNCEMENTS)

        def work(tx: AnnouncingTx) -> tuple[Composed, bytes]:
            composed, content = found(tx, who, announcement), tx.content(announcement)
            if content is None:
                raise NotFound
            return composed, content

        return await self.announcing.read(work)


@dataclass(frozen=True, slots=True)
class ListGroups:
    announcing: Transaction[AnnouncingTx]

    async def __call__(self, who: StaffIdentity) -> tuple[str, ...]:
        who.check(Right.ANNOUNCE)
        return await self.announcing.read(lambda tx: tx.groups(who.structure_id))


@dataclass(frozen=True, slots=True)
class ListClasses:
    """That an announcement can be for. Raises NotFound."""

    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def __call__(self, who: StaffIdentity, announcement: AnnouncementId) -> Classes:
        who.check(Right.ANNOUNCE)
        now = self.clock()

        def work(tx: AnnouncingTx) -> Classes:
            return tx.classes(found(tx, who, announcement).id, now)

        return await self.announcing.read(work)


@dataclass(frozen=True, slots=True)
class BeginAnnouncement:
    """An empty draft for everybody of the structure shown."""

    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def __call__(self, who: StaffIdentity) -> AnnouncementId:
        who.check(Right.ANNOUNCE, who.structure_id)
        now = self.clock()

        def work(tx: AnnouncingTx) -> AnnouncementId:
            begun = tx.begin(who.structure_id, who.staff_id, now)
            tx.note(noted(who, AnnouncementAct.COMPOSED, now, announcement=begun))
            return begun

        return await self.announcing.write(work)


@dataclass(frozen=True, slots=True)
class _Composing:
    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def _change(
        self,
        who: StaffIdentity,
        announcement: AnnouncementId,
        change: Callable[[Composed], Composed],
        content: bytes | None = None,
    ) -> Planned | Followed:
        """As it is after. A scheduled one that changes is a draft again, to be confirmed anew."""
        who.check(Right.ANNOUNCE)
        now = self.clock()

        def work(tx: AnnouncingTx) -> Planned | Followed:
            before = found(tx, who, announcement, lock=True)
            after = change(before)
            if before.status in UNSENT:
                if replace(after, status=before.status) != before or content is not None:
                    after = replace(after, version=before.version + 1, status=Status.DRAFT)
                    tx.save(after, content)
                    _note_unscheduled(tx, who, before, now)
                return Planned(after, tx.reach(announcement, now))
            if before.status is Status.WITHDRAWN:
                raise NotFound
            if after != before:
                tx.save(after)
            return Followed(after, tx.progress(announcement))

        return await self.announcing.write(work)


def _note_unscheduled(
    tx: AnnouncingTx, who: StaffIdentity, before: Composed, at: datetime
) -> None:
    """A change of what was to leave by itself keeps it here: somebody may ask why."""
    if before.status is Status.SCHEDULED:
        act, stood, stands = StaffAct.ANNOUNCEMENT_EDITED, before.status.value, Status.DRAFT.value
        told = noted(who, act, at, before=stood, after=stands, announcement=before.id)
        tx.note(told)


@dataclass(frozen=True, slots=True)
class WriteAnnouncement(_Composing):
    """The first line is the title. Of what was sent, the words that are to replace its own.

    Raises NothingSaid, TitleTooLong, TextTooLong, CaptionTooLong, FileTooBig, FileStays.
    """

    async def __call__(
        self,
        who: StaffIdentity,
        announcement: AnnouncementId,
        said: str | None,
        file: tuple[File, bytes] | None = None,
    ) -> Planned | Followed:
        words = None if said is None else rules.read(said)
        if file is not None:
            rules.check_size(len(file[1]))

        def change(before: Composed) -> Composed:
            has_file = file is not None or before.file is not None
            title, text = words or (before.title, before.text)
            rules.check_length(title, text, has_file=has_file)
            if before.status in UNSENT:
                beside = before.file if file is None else file[0]
                return replace(before, title=title, text=text, file=beside)
            if file is not None:
                raise FileStays
            return replace(before, new_title=title, new_text=text)

        content = None if file is None else file[1]
        return await self._change(who, announcement, change, content)


@dataclass(frozen=True, slots=True)
class DropFile(_Composing):
    """Raises FileStays for what was sent."""

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId
    ) -> Planned | Followed:
        def change(before: Composed) -> Composed:
            if before.status not in UNSENT:
                raise FileStays
            return replace(before, file=None)

        return await self._change(who, announcement, change)


@dataclass(frozen=True, slots=True)
class ChooseAudience(_Composing):
    """Raises NotFound for what is not of the structure, NotAllowed for the families of all
    structures by who does not work for all, AnnouncementChanged for what was sent.
    """

    catalogues: Catalogues

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, audience: Audience
    ) -> Planned | Followed:
        catalogue = await self.catalogues(who.catalogue_version)
        if audience.reach is Reach.EVERYONE and not set(catalogue.structures) <= {*who.structures}:
            raise NotAllowed

        def change(before: Composed) -> Composed:
            _check_unsent(before)
            about = audience.activity_id
            if about is not None:
                known = catalogue.activities.get(about)
                if known is None or known.structure_id != before.structure_id:
                    raise NotFound
            return replace(before, audience=audience)

        return await self._change(who, announcement, change)


@dataclass(frozen=True, slots=True)
class ChooseTime(_Composing):
    """``at`` None: as soon as it is confirmed. Raises TooLate, AnnouncementChanged."""

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, at: datetime | None
    ) -> Planned | Followed:
        if at is not None and at <= self.clock():
            raise TooLate

        def change(before: Composed) -> Composed:
            _check_unsent(before)
            return replace(before, scheduled_at=at)

        return await self._change(who, announcement, change)


@dataclass(frozen=True, slots=True)
class ChooseWindow(_Composing):
    """How many days it stays on the home screens; None: until it is withdrawn."""

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, days: int | None
    ) -> Planned | Followed:
        if days is not None and not 0 < days <= LONGEST_SHOWN:
            raise NotFound

        def change(before: Composed) -> Composed:
            _check_unsent(before)
            return replace(before, shown_days=days)

        return await self._change(who, announcement, change)


def _check_unsent(composed: Composed) -> None:
    if composed.status not in UNSENT:
        raise AnnouncementChanged
