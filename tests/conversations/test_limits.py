"""Every screen, in every language, at its largest, inside what Telegram takes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest

from bot.locales import LOCALES, load
from conversations.absences import views as absences
from conversations.announcements import views as news
from conversations.booking import choosing, month, recap, receipt
from conversations.documents import views as documents
from conversations.first_connection import views as passwords
from conversations.followup import answers
from conversations.followup import views as followup
from conversations.forgotten import views as forgotten
from conversations.home import board
from conversations.home import views as home
from conversations.login import views as login
from conversations.notices.views import render
from conversations.privacy import views as privacy
from conversations.profile import alerts, devices, emails
from conversations.profile import views as profile
from conversations.reminders import views as reminders
from conversations.screen import Screen, noted
from conversations.texts import Texts
from domain.accounts.passwords import Judgement, RuleCode
from domain.bookings.model import DayState, State, Wish
from domain.bookings.views import ActivityChoice, DetailsView
from domain.choices.model import Choices
from domain.documents.model import ConsentState
from domain.emails.model import Addresses
from domain.families.model import Display
from domain.notices.model import Kind
from domain.privacy.model import Retention
from tests import builders
from tests.conversations import facts
from tests.conversations.due import due, longest_report

ALLOWED = {"b", "i", "code", "blockquote"}


class Entities(HTMLParser):
    """Reads a text as Telegram does: few tags, all closed, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def check(screen: Screen) -> None:
    read = Entities()
    read.feed(screen.text)
    read.close()
    assert not read.open
    assert 1 <= len(read.text.strip().encode("utf-16-le")) // 2 <= 4096
    assert unescape(screen.text).count("{") == 0
    markup = [
        [
            {"text": b.text, "callback_data": b.data} | ({"style": b.style} if b.style else {})
            for b in row
        ]
        for row in screen.rows
    ]
    assert all(1 <= len(row) <= 8 for row in markup)
    assert sum(map(len, markup)) <= 100
    assert len(json.dumps(markup).encode()) < 10_000
    for row in screen.rows:
        for button in row:
            assert button.text
            assert (button.data is None) != (button.url is None)
            assert button.data is None or 1 <= len(button.data.encode()) <= 64


def months(t: Texts) -> Iterator[Screen]:
    first = facts.SIX_WEEKS
    for state in DayState:
        for wish in (None, Wish.BOOK, Wish.CANCEL):
            view = facts.longest_month()
            days = tuple(replace(d, state=state, wish=wish) for d in view.days)
            yield month.screen(replace(view, days=days), t)
    for _ in range(24):
        first = (first + timedelta(days=31)).replace(day=1)
        yield month.screen(facts.longest_month(first), t)


def around_the_month(t: Texts) -> Iterator[Screen]:
    children, activities = facts.household()
    view = facts.longest_month()
    who = facts.parent()
    above = home.header(who, builders.catalogue().structures[builders.TOWN], t)
    choices = tuple(ActivityChoice(activity, 31) for activity in activities)
    first = date(2026, 12, 1)
    yield choosing.children(children, above, t)
    yield choosing.children((), above, t)
    yield choosing.activities(children[0], choices, first, t, alone=False)
    yield choosing.activities(children[0], (), first, t, alone=True)
    yield choosing.legend(facts.LONGEST_ID, facts.LONGEST_ID, first, t)
    yield choosing.details(
        DetailsView(
            child=children[0],
            activity=replace(activities[0], weekdays=frozenset(range(7)), approval=True),
            first=first,
            price=Decimal("9999.99"),
            quotient_missing=True,
            per_slice_minutes=30,
            next_days=view.days,
        ),
        t,
    )


def drafts(t: Texts) -> Iterator[Screen]:
    longest, who = facts.longest_recap(), facts.parent()
    town = replace(builders.catalogue().structures[builders.TOWN], name="<Mairie> " * 10)
    for view in (longest, facts.recap(facts.line())):
        for page in (1, 2, 50, 9999):
            yield home.headed(recap.screen(view, t, page), who, town, t)
            yield recap.lines(view, t, page)
        yield recap.ask_clear(view, t)
    children, activities = facts.household()
    names = receipt.Names(children, facts.town(*activities))
    for page in (1, 2, 9999):
        yield receipt.screen(facts.longest_receipt(), names, t, page)
    yield receipt.screen(facts.receipt(facts.outcome()), receipt.Names((), facts.town()), t)


def followups(t: Texts) -> Iterator[Screen]:
    above = home.header(facts.parent(), builders.catalogue().structures[builders.TOWN], t)
    for state in State:
        view = facts.longest_follow_up((state,))
        yield followup.screen(view, above, t)
        yield answers.ask_cancel(view.lines[0], 999, t)
        found = view.lines[0]
        yield answers.answered(found.booking, found.child, found.activity, t)
    yield followup.screen(replace(facts.longest_follow_up(), lines=()), above, t)


def access(t: Texts) -> Iterator[Screen]:
    for why in passwords.Why:
        yield passwords.ask_new(why, t)
        yield passwords.ask_again(why, t)
        for kept in (True, False):
            judged = Judgement(tuple((code, kept) for code in RuleCode))
            yield noted(passwords.judged(judged, why, t), login.erasure(t, erased=False))
    yield passwords.ask_old(t)
    yield passwords.saved_by_link("<note> " * 50, t)
    for connected in (True, False):
        yield passwords.refused("<i>" * 100, t, connected=connected)
    yield forgotten.ask_identifier(t)
    yield forgotten.ask_address(t)
    yield forgotten.asked(t)
    yield forgotten.refused("<i>" * 100, t)
    yield noted(passwords.ask_old(t), f"{login.by_link('<A>' * 20, t)} {passwords.saved(99, t)}")


def doors(t: Texts) -> Iterator[Screen]:
    town = replace(
        builders.catalogue().structures[builders.TOWN], name="<Mairie> " * 10, welcome="& " * 5000
    )
    yield home.welcome(town, t)
    who = facts.parent()
    for view in (facts.longest_home(), facts.home()):
        yield board.screen(view, who, town, t)
    yield home.languages(LOCALES, t)
    yield home.help_(t)
    yield home.logged_out(t)
    longest = Retention(bookings=99, payments=99, signatures=99)
    yield privacy.policy(longest, t, entered=True)
    yield privacy.policy(longest, t, entered=False)
    yield privacy.ask_password_for_data(t)
    yield privacy.preparing("<note> " * 50, t)
    yield privacy.prepared(t)
    yield privacy.not_sent(t)
    yield privacy.ask_erasure(longest, t)
    yield privacy.ask_password_for_erasure(t)
    yield privacy.erased("<note> " * 50, t)
    yield privacy.refused(["<i>" * 100, "<note> " * 50], t)
    yield home.private_only(t)
    yield home.broken("abcdef12", t)
    yield home.refused("<i>" * 100, t)
    yield login.ask_identifier(t)
    yield login.ask_password(t)
    yield login.failed("<i>", t, erased=False)
    note = login.logged_in("<A>" * 20, t, erased=True)
    yield noted(board.screen(facts.longest_home(), who, town, t), note)


def town_news(t: Texts) -> Iterator[Screen]:
    told = facts.longest_home().announcements
    yield news.listed(told * 10, t)
    yield news.listed((), t)
    for one in told:
        yield news.whole(one, t)


def profiles(t: Texts) -> Iterator[Screen]:
    structure = builders.catalogue().structures[builders.TOWN]
    above = home.header(facts.parent(), structure, t)
    choices = facts.opposite_choices()
    for of, addresses in ((choices, (facts.LONG_ADDRESS,) * 5), (Choices(Display.CLASSIC), ())):
        yield profile.profile(profile.Account(of, addresses, structures=2), above, t)
        yield alerts.screen(of, t)
        yield alerts.quiet_hours(of.quiet, t)
    for hour in range(24):
        yield alerts.quiet_until(hour, t)
    yield profile.structures((structure,) * 20, structure.id, t)
    yield devices.screen(facts.many_devices(), above, t)
    yield emails.screen(facts.longest_addresses(), t)
    yield emails.screen(Addresses(()), t)
    yield emails.ask_password(t)
    yield emails.ask_addresses(t)
    yield emails.refused("<i>" * 100, t)


def papers(t: Texts) -> Iterator[Screen]:
    children, _ = facts.household()
    above = home.header(facts.parent(), builders.catalogue().structures[builders.TOWN], t)
    for body in ("<&> " * 5000, "x" * 20_000, "Court."):
        told = facts.legal_document(title="<Titre> " * 50, body=body)
        sheets = facts.sheets(told, children)
        for state in (ConsentState(told), ConsentState(told, builders.NOW, builders.NOW)):
            yield documents.consents((state,) * 3, above, t)
            for page in (1, 2, 9999):
                yield documents.document(state, page, t)
                yield documents.rules(sheets[0], page, t)
        yield documents.sheets(sheets, above, t)
        yield documents.after_signing(sheets[-1], sheets, t)
    yield documents.sheets((), above, t)
    yield documents.refused_telegram(t)
    yield documents.ask_name(children[0], "<N>" * 50, t)
    yield documents.ask_place(children[0], t)
    yield documents.ask_signature(children[0], "<T>" * 99, "<N>" * 26, "<P>" * 26, t)
    yield documents.sign_first(children[0], t)


def away(t: Texts) -> Iterator[Screen]:
    above = home.header(facts.parent(), builders.catalogue().structures[builders.TOWN], t)
    yield absences.days((), 1, above, t)
    for line in (facts.longest_absence(), facts.absence_line(), facts.cancellable_line()):
        of = facts.day_of_child(*(line,) * 12)
        for page in (1, 2, 9999):
            yield absences.days((of,) * 25, page, above, t)
        yield absences.day(of, t)
        yield absences.reasons(of, 0, t)
        yield absences.ask_more(of, t)


def notices(t: Texts) -> Iterator[Screen]:
    _, activities = facts.household()
    town = facts.town(*activities)
    for kind in set(Kind) - {Kind.NIGHTLY_REPORT}:
        yield from render(due(kind, reason="<Travaux> & co" * 500), town, t)
    yield from render(longest_report(), town, t)
    children, about = facts.household()
    days = [(facts.SIX_WEEKS + timedelta(days=n)).isoformat() for n in range(31)]
    whole = [
        {"child": child.id, "activity": one.id, "days": days}
        for child in children
        for one in about
    ]
    yield from render(due(Kind.DEADLINE_REMINDER, children=children, missing=whole), town, t)
    yield reminders.silenced(t)
    for count in (0, 1, 99):
        yield noted(reminders.silenced(t), reminders.filled(count, t))


SCREENS = [
    months,
    around_the_month,
    drafts,
    followups,
    access,
    doors,
    town_news,
    profiles,
    papers,
    away,
    notices,
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("screens", SCREENS)
def test_every_screen_fits(screens: Callable[[Texts], Iterator[Screen]], locale):
    for screen in screens(load()(locale)):
        check(screen)


def test_a_six_week_month_is_59_buttons_and_its_controls(t):
    screen = month.screen(facts.longest_month(), t)

    assert len(screen.rows[0]) == 3
    assert [len(row) for row in screen.rows[1:8]] == [8] * 7
    assert sum(map(len, screen.rows)) == 59 + 6
