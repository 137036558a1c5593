"""Confirming, following, changing and withdrawing (S2, N7). Each act is in the audit log.

As for a parent's booking, a button says the result that it wants: pressed twice, it does once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial

from domain.announcements import rules
from domain.announcements.acts import AnnouncementAct
from domain.announcements.announcing import AnnouncingTx
from domain.announcements.composed import (
    TOLD,
    UNSENT,
    Composed,
    Followed,
    Missed,
    Planned,
    Status,
)
from domain.announcements.composing import answered_for, found
from domain.announcements.errors import AnnouncementChanged, NobodyToTell, TooLate
from domain.announcements.model import AnnouncementId
from domain.audit.model import Entry
from domain.clock import Clock
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

Act = Callable[[AnnouncingTx, Composed, datetime], StrEnum | None]


@dataclass(frozen=True, slots=True)
class Announce:
    """Confirms what was looked at in this ``version``: sent now, or at the instant chosen.

    The audience is frozen when it is sent, and the live progress goes to this session. Confirmed
    again, it answers how far it has come. Raises AnnouncementChanged, NobodyToTell, TooLate.
    """

    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, version: int
    ) -> Planned | Followed:
        who.check(Right.ANNOUNCE)
        now = self.clock()

        def work(tx: AnnouncingTx) -> Planned | Followed:
            before = answered_for(tx, who, announcement, lock=True)
            if before.version != version or before.status is Status.WITHDRAWN:
                raise AnnouncementChanged
            if before.status is Status.DRAFT:
                self._release(tx, who, before, now)
            return _as_it_is(tx, who, announcement, now)

        return await self.announcing.write(work)

    def _release(
        self, tx: AnnouncingTx, who: StaffIdentity, before: Composed, now: datetime
    ) -> None:
        rules.check_length(before.title, before.text, has_file=before.file is not None)
        reached = tx.reach(before.id, now)
        if not before.title:
            raise AnnouncementChanged
        if reached.guardians == 0:
            raise NobodyToTell
        at = before.scheduled_at
        if at is not None and at <= now:
            raise TooLate
        if at is None:
            launch(tx, before, now)
        else:
            tx.save(replace(before, status=Status.SCHEDULED))
        tx.follow(before.id, who.session_id)
        when = "now" if at is None else at.isoformat()
        told = noted(
            who,
            StaffAct.ANNOUNCED,
            now,
            after=when,
            announcement=before.id,
            guardians=reached.guardians,
        )
        tx.note(told)


def launch(tx: AnnouncingTx, composed: Composed, now: datetime) -> None:
    """The audience is frozen, and the courier may begin."""
    sending = replace(composed, status=Status.SENDING, starts_at=now, ends_at=composed.ends(now))
    tx.save(sending)
    tx.launch(composed.id, now)


@dataclass(frozen=True, slots=True)
class LaunchDue:
    """The scheduled ones whose hour has come; how many. Any process, at any time."""

    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock()
        due = await self.announcing.read(lambda tx: tx.due(now))
        for announcement in due:
            await self.announcing.write(partial(_launch_due, announcement=announcement, now=now))
        return len(due)


def _launch_due(tx: AnnouncingTx, announcement: AnnouncementId, now: datetime) -> None:
    """Asked again under the lock: another process may have been quicker."""
    composed = tx.find(announcement, lock=True)
    if composed is not None and composed.status is Status.SCHEDULED:
        launch(tx, composed, now)


@dataclass(frozen=True, slots=True)
class _Acting:
    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def _act(
        self, who: StaffIdentity, announcement: AnnouncementId, act: Act
    ) -> Planned | Followed:
        """What changes nothing is not noted."""
        who.check(Right.ANNOUNCE)
        now = self.clock()

        def work(tx: AnnouncingTx) -> Planned | Followed:
            before = answered_for(tx, who, announcement, lock=True)
            if (done := act(tx, before, now)) is not None:
                tx.note(_entry(tx, who, done, before, now))
            return _as_it_is(tx, who, announcement, now)

        return await self.announcing.write(work)


@dataclass(frozen=True, slots=True)
class SetPaused(_Acting):
    """What has left, has left. Of one that is sent or not begun, nothing changes."""

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, *, wanted: bool
    ) -> Planned | Followed:
        before, after = Status.SENDING, Status.PAUSED
        if not wanted:
            before, after = after, before

        def act(tx: AnnouncingTx, composed: Composed, now: datetime) -> StrEnum | None:
            if composed.status is not before:
                return None
            tx.set_status(announcement, after, now)
            return AnnouncementAct.PAUSED if wanted else AnnouncementAct.RESUMED

        return await self._act(who, announcement, act)


@dataclass(frozen=True, slots=True)
class Withdraw(_Acting):
    """Taken from the home screens, and out of every chat where it went. A draft is thrown away."""

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId
    ) -> Planned | Followed:
        def act(tx: AnnouncingTx, composed: Composed, now: datetime) -> StrEnum | None:
            if composed.status is Status.WITHDRAWN:
                return None
            tx.set_status(announcement, Status.WITHDRAWN, now)
            if composed.status not in UNSENT:
                tx.cancel_unsent(announcement, now)
                tx.send_changes(announcement, now)
            return StaffAct.ANNOUNCEMENT_WITHDRAWN

        return await self._act(who, announcement, act)


@dataclass(frozen=True, slots=True)
class SendNewWords(_Acting):
    """Confirms the new words of what was sent, looked at in this ``version``.

    Raises AnnouncementChanged where they are gone, or were others.
    """

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, version: int
    ) -> Planned | Followed:
        def act(tx: AnnouncingTx, composed: Composed, now: datetime) -> StrEnum | None:
            title, text = composed.new_title, composed.new_text
            if composed.version == version + 1 and title is None:
                return None  # pressed again
            if composed.version != version or title is None or composed.status not in TOLD:
                raise AnnouncementChanged
            changed = replace(composed, title=title, text=text or "", version=version + 1)
            tx.save(replace(changed, new_title=None, new_text=None))
            tx.send_changes(announcement, now)
            return StaffAct.ANNOUNCEMENT_EDITED

        return await self._act(who, announcement, act)


@dataclass(frozen=True, slots=True)
class DropNewWords(_Acting):
    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId
    ) -> Planned | Followed:
        def act(tx: AnnouncingTx, composed: Composed, now: datetime) -> StrEnum | None:
            if composed.new_title is not None:
                tx.save(replace(composed, new_title=None, new_text=None))
            return None

        return await self._act(who, announcement, act)


@dataclass(frozen=True, slots=True)
class FollowHere(_Acting):
    """Live progress in a new message of this session's chat."""

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId
    ) -> Planned | Followed:
        def act(tx: AnnouncingTx, composed: Composed, now: datetime) -> StrEnum | None:
            tx.follow(announcement, who.session_id)
            return None

        return await self._act(who, announcement, act)


@dataclass(frozen=True, slots=True)
class ListMissed:
    """Guardians whom it did not reach, a page of them, and how many there are (N7)."""

    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, page: int, *, per_page: int
    ) -> tuple[tuple[Missed, ...], int]:
        who.check(Right.READ_FAMILIES)
        now, offset = self.clock(), (page - 1) * per_page

        def work(tx: AnnouncingTx) -> tuple[tuple[Missed, ...], int]:
            told = answered_for(tx, who, announcement)
            seen = noted(who, AnnouncementAct.FOLLOWED_UP, now, announcement=told.id)
            tx.note(seen)
            return tx.missed(announcement, offset, per_page)

        return await self.announcing.write(work)


def _entry(
    tx: AnnouncingTx, who: StaffIdentity, act: StrEnum, before: Composed, at: datetime
) -> Entry:
    """Where it stood and where it stands; of its words, which may name people, the version."""
    after = found(tx, who, before.id)
    told: tuple[str | int, str | int] = (before.status.value, after.status.value)
    if before.status is after.status:
        told = (before.version, after.version)
    return noted(who, act, at, before=told[0], after=told[1], announcement=before.id)


def _as_it_is(
    tx: AnnouncingTx, who: StaffIdentity, announcement: AnnouncementId, now: datetime
) -> Planned | Followed:
    composed = found(tx, who, announcement)
    if composed.status in UNSENT:
        return Planned(composed, tx.reach(announcement, now))
    return Followed(composed, tx.progress(announcement))
