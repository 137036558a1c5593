"""Every screen, in every language, at its largest, inside what Telegram takes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest

from bot.locales import LOCALES, load
from bot.playground.richlimits import read_rich
from bot.playground.richtext import words
from bot.wire.rich import rich_message
from conversations.absences import views as absences
from conversations.announcements import views as news
from conversations.booking import choosing, month, recap, recap_tables, receipt, receipt_tables
from conversations.copying import views as copying_views
from conversations.documents import views as documents
from conversations.first_connection import views as passwords
from conversations.followup import answers, exports
from conversations.followup import filters as followup_filters
from conversations.followup import tables as followup_tables
from conversations.followup import views as followup
from conversations.forgotten import views as forgotten
from conversations.home import board
from conversations.home import views as home
from conversations.hours import views as hours_views
from conversations.login import views as login
from conversations.notices.views import render
from conversations.overview import tables as overview_tables
from conversations.overview import views as overview_views
from conversations.overview import week as week_views
from conversations.pattern import views as pattern_views
from conversations.privacy import views as privacy
from conversations.profile import alerts, devices, emails
from conversations.profile import views as profile
from conversations.reminders import views as reminders
from conversations.screen import Row, Screen, noted
from conversations.texts import Texts
from domain.accounts.passwords import Judgement, RuleCode
from domain.activities.hours_model import Choosing
from domain.bookings.copying import CopyView, Source, SourcesView
from domain.bookings.filters import Filters, Shown
from domain.bookings.model import DayState, Reason, State, Wish
from domain.bookings.pattern import Pattern, PatternView
from domain.bookings.views import ActivityChoice, DetailsView, Skipped
from domain.choices.model import Choices
from domain.documents.model import ConsentState
from domain.emails.model import Addresses
from domain.families.model import Display
from domain.notices.model import Kind
from domain.privacy.model import Retention
from tests import builders
from tests.conversations import facts
from tests.conversations.desk_screens import DESK_SCREENS
from tests.conversations.due import due, longest_report
from tests.conversations.staff_screens import STAFF_SCREENS

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
    check_rows(screen.rows)
    if screen.rich is not None:
        content = read_rich(rich_message(screen.rich))  # raises Telegram's refusals
        assert "{" not in words(content)
        assert "<b" not in words(content)
        check_rows(screen.rich.rows)


def check_rows(rows: tuple[Row, ...]) -> None:
    markup = [
        [
            {"text": b.text, "callback_data": b.data} | ({"style": b.style} if b.style else {})
            for b in row
        ]
        for row in rows
    ]
    assert all(1 <= len(row) <= 8 for row in markup)
    assert sum(map(len, markup)) <= 100
    assert len(json.dumps(markup).encode()) < 10_000
    for row in rows:
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
    first = date(2026, 12, 1)
    choices = tuple(ActivityChoice(activity, 31, first) for activity in activities)
    yield choosing.children(children, first, above, t)
    yield choosing.children((), first, above, t)
    yield choosing.activities(children[0], choices, t, alone=False)
    yield choosing.activities(children[0], (), t, alone=True)
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


def overviews(t: Texts) -> Iterator[Screen]:
    whole = facts.longest_overview()
    yield overview_views.overview(whole, t)
    yield overview_views.overview(replace(whole, days=(), drafted=0), t)
    yield overview_views.legend(facts.LONGEST_ID, facts.SIX_WEEKS, t)
    for state in DayState:
        for wish in (None, Wish.BOOK, Wish.CANCEL):
            yield overview_views.day_sheet(facts.longest_sheet(state, wish), t)
            yield overview_tables.day_sheet(facts.longest_sheet(state, wish), t)
    yield overview_views.day_sheet(replace(facts.longest_sheet(), lines=(), drafted=0), t)


def weeks(t: Texts) -> Iterator[Screen]:
    above = home.header(facts.parent(), builders.catalogue().structures[builders.TOWN], t)
    for view in (facts.longest_week(), replace(facts.longest_week(), children=(), skipped=())):
        for added in (None, 0, 35):
            yield week_views.screen(replace(view, added=added), above, t)


def choosing_hours(t: Texts) -> Iterator[Screen]:
    whole = facts.longest_month()
    timed = replace(whole.activity, hours=Choosing(step=1))
    hours = time(7), time(18)
    days = tuple(replace(day, wish=Wish.BOOK, hours=hours) for day in whole.days)
    for chosen in (None, hours):
        view = replace(whole, activity=timed, days=days, hours=chosen)
        yield month.screen(view, t)
        yield hours_views.menu(view, t)
    for rule in (Choosing(step=1), Choosing(step=30), Choosing(arrival=False)):
        for day in (None, builders.DAY):
            view = facts.hours_view(rule, day)
            for hour in (None, 7):
                yield hours_views.arrival(view, builders.DAY, hour, t)
                yield hours_views.departure(view, builders.DAY, time(8), hour, t)
    yield hours_views.departure(view, builders.DAY, time(23, 59), None, t)


def many_days(t: Texts) -> Iterator[Screen]:
    whole = facts.longest_month()
    reasons = tuple(
        Skipped(facts.SIX_WEEKS + timedelta(days=n), reason, builders.NOW)
        for reason in Reason
        for n in range(20)
    )
    days = tuple(day.day for day in whole.days)
    for filled in (False, True):
        for some in (days, ()):
            view = PatternView(
                child=whole.child,
                activity=replace(whole.activity, weekdays=frozenset(range(7))),
                structure=whole.structure,
                pattern=Pattern(frozenset(range(7)), days[0], days[-1], 2),
                today=days[0],
                days=some,
                skipped=reasons,
                drafted=999,
                filled=filled,
            )
            yield pattern_views.screen(view, t)
            yield pattern_views.until(view, t)
            yield noted(
                pattern_views.until(view, t), pattern_views.not_that_day(days[-1], view, t)
            )
    yield pattern_views.screen(replace(view, pattern=pattern_views.new(days[0], days[3])), t)
    children, activities = facts.household()
    year = tuple(facts.SIX_WEEKS + timedelta(days=n) for n in range(300))
    found = tuple(Source(child, one, year) for child in children for one in activities)
    for source in (found, ()):
        view = SourcesView(whole.child, whole.activity, days[0], source)
        yield copying_views.sources(view, t)
    skipped = tuple(
        Skipped(day, reason, builders.NOW)
        for day, reason in zip(year, list(Reason) * 30, strict=False)
    )
    for left, some in ((skipped, ()), ((), year)):
        yield copying_views.done(
            CopyView(whole.child, whole.activity, whole.structure, found[0], some, left, 999), t
        )


def drafts(t: Texts) -> Iterator[Screen]:
    longest, who = facts.longest_recap(), facts.parent()
    town = replace(builders.catalogue().structures[builders.TOWN], name="<Mairie> " * 10)
    linked = replace(longest, together=True)
    for view in (longest, linked, facts.recap(facts.line())):
        for page in (1, 2, 50, 9999):
            yield home.headed(recap.screen(view, t, page), who, town, t)
            yield home.headed(recap_tables.screen(view, t, page), who, town, t)
            yield recap.lines(view, t, page)
        yield recap.ask_clear(view, t)
    children, activities = facts.household()
    names = receipt.Names(children, facts.town(*activities))
    for page in (1, 2, 9999):
        yield receipt.screen(facts.longest_receipt(), names, t, page)
        yield receipt_tables.screen(facts.longest_receipt(), names, t, page)
    yield receipt.screen(facts.receipt(facts.outcome()), receipt.Names((), facts.town()), t)


def followups(t: Texts) -> Iterator[Screen]:
    children, activities = facts.household()
    chosen = Filters(children[4].id, activities[11].id, facts.SIX_WEEKS, frozenset(Shown))
    told = followup_filters.told(chosen, children, activities, t)
    above = home.header(facts.parent(), builders.catalogue().structures[builders.TOWN], t)
    for state in State:
        view = facts.longest_follow_up((state,))
        yield followup.screen(view, above, told, t)
        yield followup_tables.screen(view, above, told, t)
        yield answers.ask_cancel(view.lines[0], 999, t)
        found = view.lines[0]
        yield answers.answered(found.booking, found.child, found.activity, t)
    yield followup.screen(replace(facts.longest_follow_up(), lines=()), above, told, t)
    yield followup_filters.screen(chosen, children, activities, builders.DAY, t)
    yield followup_filters.pick_child(children, t)
    yield followup_filters.pick_activity(activities, t)
    yield exports.choices(t)
    yield exports.too_many(2000, t)


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
    yield noted(passwords.ask_old(t), f"{login.greeting('<A>' * 20, t)} {passwords.saved(99, t)}")


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
    yield login.failed("<i>", login.erasure(t, erased=False), t, may_retry=True)
    note = f"{login.greeting('<A>' * 20, t)} {login.erasure(t, erased=False)}"
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
    overviews,
    weeks,
    choosing_hours,
    many_days,
    drafts,
    followups,
    access,
    doors,
    town_news,
    profiles,
    papers,
    away,
    notices,
    *STAFF_SCREENS,
    *DESK_SCREENS,
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
    assert sum(map(len, screen.rows)) == 59 + 8
