"""Every screen of the agents' announcements at its longest, for ``test_limits``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from conversations.announcements.views import told, withdrawn
from conversations.announcing import choices, progress, resending, views
from conversations.screen import Screen
from conversations.texts import Texts
from domain.announcements.composed import (
    Audience,
    Composed,
    Fate,
    File,
    Followed,
    Missed,
    Planned,
    Progress,
    Reach,
    Reached,
    Status,
)
from domain.families.model import GuardianId
from domain.staff.model import StaffId
from tests import builders
from tests.conversations import facts
from tests.conversations.facts import LONGEST_ID

LONG = "<i>&" * 30  # a title, at its longest
DAY = date(2026, 12, 31)
MANY = 99_999
CLASS = "<c>&" * 10  # as long as an import takes them


def composed(**changed) -> Composed:
    whole = Composed(
        id=LONGEST_ID,
        structure_id=builders.TOWN,
        staff_id=StaffId(LONGEST_ID),
        title=LONG,
        text="<b>&" * 993,
        status=Status.DRAFT,
        audience=Audience(),
        version=2**31 - 1,
        starts_at=builders.NOW,
        file=File("<f>&" * 60, is_picture=True),
    )
    return replace(whole, **changed)


def town():
    _, activities = facts.household()
    catalogue = facts.town(*activities)
    named = replace(catalogue.structures[builders.TOWN], name="<m>&" * 100)
    return replace(catalogue, structures={builders.TOWN: named})


def audiences() -> Iterator[Audience]:
    activity = next(iter(town().activities))
    for reach in Reach:
        yield Audience(reach, activity, "<g>&" * 50, DAY, CLASS)


def announcing(t: Texts) -> Iterator[Screen]:
    catalogue, reached = town(), Reached(MANY, MANY, MANY, MANY)
    yield Screen(told(composed().title, composed().text))
    yield Screen(withdrawn(t))
    for shown in ((), [composed(status=status) for status in Status] * 4):
        yield views.listed(shown[:20], t, may_announce=True)
    for audience in audiences():
        draft = composed(audience=audience)
        planned = Planned(draft, reached)
        yield views.draft(planned, catalogue, t)
        yield views.draft(Planned(composed(title="", text="", file=None), Reached()), catalogue, t)
        yield views.confirm(planned, catalogue, t)
        groups = ["<g>&" * 50] * 99
        asked = (draft, catalogue, groups, DAY, t)
        yield choices.ask_audience(*asked, everywhere=True, classes=True)
        activities = list(catalogue.activities.values()) * 40
        for page in (1, 2, 9999):
            yield choices.ask_activities(draft, activities, page, t)
        for classes in ([(CLASS, MANY)] * 130, ()):
            for page in (1, 2, 9999):
                yield choices.ask_classes(draft, classes, page, t)
        yield choices.ask_time(draft, builders.NOW, t)
    for status in Status:
        one = composed(status=status, scheduled_at=builders.NOW, shown_days=366)
        yield views.ask_words(one, t)
        yield views.ask_withdraw(one, t)
        yield views.started(one, t)
        yield views.confirm_words(one, t)
        yield from _followed(one, t)


def _followed(one: Composed, t: Texts) -> Iterator[Screen]:
    catalogue = town()
    for left in (0, MANY):
        fates = dict.fromkeys(Fate, left)
        followed = Followed(one, Progress(fates, left, left, left, builders.NOW))
        yield progress.screen(followed, t)
        yield resending.ask(followed, t)
        for may in (True, False):
            yield views.followed(followed, catalogue, t, may_announce=may, may_name=may)
    named = [
        Missed(GuardianId(LONGEST_ID), "<N>&" * 50, fate, mail, emails)
        for fate in Fate
        for mail in (None, "sent", "pending", "uncertain", "failed")
        for emails in (0, 3)
    ][: views.PER_PAGE]
    for page in (1, 2):
        yield views.missed(one, named, MANY, page, t)
    yield views.missed(one, (), 0, 1, t)
