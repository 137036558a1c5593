from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.booking import choosing, marks, month
from conversations.booking.routes import MarkDay, MarkGroup, Month
from conversations.home.routes import NOTHING
from conversations.screen import Style
from domain.bookings.model import DayState, Reason, Span, Wish
from domain.bookings.rules import group_wants
from domain.bookings.views import DetailsView, Skipped
from tests import builders
from tests.conversations import facts

GRID = slice(2, -2)


def cell(screen, label: str):
    return next(b for row in screen.rows for b in row if b.text == label)


def test_the_calendar_of_december_as_a_whole(t):
    def on(number, state=DayState.AVAILABLE, **changed):
        return facts.day(state, day=date(2026, 12, number), **changed)

    view = facts.month(
        on(2, left=5),
        on(3, DayState.BOOKED, booking=builders.booking(1)),
        on(9, wish=Wish.BOOK),
        on(10, DayState.BOOKED, wish=Wish.CANCEL, booking=builders.booking(1)),
        on(11, DayState.FULL),
        on(14, DayState.WAITLIST_ONLY),
        on(15, DayState.BOOKED_LOCKED, booking=builders.booking(1)),
        on(16, DayState.WAITING_LOCKED, booking=builders.booking(1)),
        on(17, DayState.CLOSED, late=True),
        on(18, DayState.WAITING, booking=builders.booking(1)),
        drafted=2,
    )

    screen = month.screen(view, t)

    shown = [" ".join(b.text for b in row) for row in screen.rows]
    assert [row.replace("\u2800", " ") for row in shown] == [
        "‹ Déc. 2026 ›",
        "Lu Ma Me+ Je− Ve Sa Di ▦+",
        "  · 2₅ 3✓ · · · ◂+",
        "· · 9+ 10− 11✘ · · ◂−",
        "14! 15◆ 16◇ 17· 18… · · ◂",
        "· · · · · · · ◂",
        "· · · ·       ◂",
        "Semaine type",
        "Actualiser Détails Légende",
        "Vérifier mes demandes (2)",
        "‹ Activités Accueil",
    ]
    assert screen.text == (
        "<b>Enfant 1 · Activité 1</b>\n"
        "Décembre 2026, 07:30–18:00\n\n"
        "mer. 2 déc. : réservable jusqu'au lun. 23 nov. à 10:00\n"
        "jeu. 3 déc. : modifiable jusqu'au lun. 23 nov. à 10:00\n\n"
        "<b>2 demandes à vérifier.</b> Rien n'est encore enregistré."
    )


def test_each_state_and_each_wish_has_a_mark_of_its_own():
    drawn = [marks.label(facts.day(state)) for state in DayState]
    drawn += [marks.label(facts.day(wish=wish)) for wish in (Wish.BOOK, Wish.CANCEL)]

    assert len(set(drawn)) == len(DayState) + 2
    assert all(len(label) <= 3 for label in drawn)


def test_the_legend_explains_every_mark(t):
    text = choosing.legend(1, 1, builders.DAY, t).text

    for mark in {*marks.MARKS.values(), marks.TO_BOOK, marks.TO_CANCEL} - {""}:
        assert f"12{mark}</b>" in text


@pytest.mark.parametrize(
    ("left", "label"), [(None, "2"), (1, "2₁"), (42, "2₄₂"), (99, "2₉₉"), (100, "2")]
)
def test_places_left_are_told_when_limited_and_legible(left, label):
    assert marks.label(facts.day(left=left)) == label


@pytest.mark.parametrize(
    ("state", "wish", "booked", "wanted"),
    [
        (DayState.AVAILABLE, None, False, True),
        (DayState.AVAILABLE, Wish.BOOK, False, False),
        (DayState.WAITLIST_ONLY, None, False, True),
        (DayState.FULL, None, False, True),
        (DayState.CLOSED, None, False, True),
        (DayState.BOOKED, None, True, False),
        (DayState.BOOKED, Wish.CANCEL, True, True),
        (DayState.WAITING, None, True, False),
        (DayState.WAITING, Wish.CANCEL, True, True),
        (DayState.BOOKED_LOCKED, None, True, False),
    ],
)
def test_a_day_asks_for_the_opposite_of_what_stands(t, state, wish, booked, wanted):
    booking = builders.booking(1) if booked else None
    view = facts.month(facts.day(state, wish=wish, booking=booking))

    drawn = [b for row in month.screen(view, t).rows[GRID] for b in row if b.text.startswith("2")]

    assert MarkDay.unpack(drawn[0].data).wanted is wanted


@pytest.mark.parametrize(
    ("wish", "style"), [(Wish.BOOK, Style.PRIMARY), (Wish.CANCEL, Style.DANGER), (None, None)]
)
def test_colour_follows_the_mark(wish, style):
    assert marks.style(facts.day(wish=wish)) is style


def test_group_buttons_say_what_they_do_and_stay_inside_the_month(t):
    days = [facts.day(day=builders.DAY + timedelta(weeks=n)) for n in range(5)]
    screen = month.screen(facts.month(*days), t)

    whole = MarkGroup.unpack(cell(screen, "▦+").data)
    wednesdays = MarkGroup.unpack(cell(screen, "Me+").data)
    week = MarkGroup.unpack(screen.rows[2][7].data)
    last_week = MarkGroup.unpack(screen.rows[6][7].data)

    first, last = date(2026, 12, 1), date(2026, 12, 31)
    assert (whole.first, whole.last, whole.weekday, whole.wanted) == (first, last, "-", True)
    assert (wednesdays.first, wednesdays.weekday) == (first, "2")
    assert (week.first, week.last) == (first, date(2026, 12, 6))
    assert (last_week.first, last_week.last) == (date(2026, 12, 28), last)


@pytest.mark.parametrize("number", range(12))
def test_every_arrow_follows_the_guides_rule_on_exactly_its_own_days(t, number):
    first = facts.SIX_WEEKS.replace(month=number + 1)
    days = [first + timedelta(days=n) for n in range(28)]
    open_days = [facts.day(day=d, wish=Wish.BOOK if d.day % 3 else None) for d in days[::2]]
    screen = month.screen(facts.month(*open_days, first=first), t)

    arrows = [screen.rows[1][column] for column in range(8)]
    arrows += [row[7] for row in screen.rows[2:-2] if len(row) == 8]

    for arrow in arrows:
        if arrow.data != NOTHING:
            of = MarkGroup.unpack(arrow.data)
            weekday = None if of.weekday == "-" else int(of.weekday)
            span = Span(of.first, of.last, weekday)
            assert of.wanted is group_wants([d for d in open_days if span.holds(d.day)])
    assert sum(arrow.data == NOTHING for arrow in arrows) <= 2


def test_a_booked_first_day_turns_the_group_into_cancelling(t):
    booked = facts.day(DayState.BOOKED, booking=builders.booking(1))
    free = facts.day(day=builders.DAY + timedelta(days=1))
    screen = month.screen(facts.month(booked, free), t)

    assert MarkGroup.unpack(cell(screen, "▦−").data).wanted is False


def test_a_group_without_a_day_to_change_does_nothing(t):
    screen = month.screen(facts.month(facts.day(DayState.FULL)), t)

    assert cell(screen, "▦").data == NOTHING


def test_days_that_a_tap_left_alone_are_told_with_why(t):
    late, full = builders.DAY, builders.DAY + timedelta(days=7)
    view = facts.month(
        facts.day(),
        skipped=(
            Skipped(full, Reason.FULL),
            Skipped(late, Reason.LATE, builders.NOW),
            Skipped(full + timedelta(days=7), Reason.FULL),
        ),
    )

    text = month.screen(view, t).text

    assert "3 jours laissés tels quels :\n" in text
    assert "• mer. 9 déc., mer. 16 déc. : activité complète" in text
    assert "• mer. 2 déc. : délai de réservation dépassé (limite : lun. 23 nov. à 10:00)" in text


def test_an_old_button_pressed_again_says_that_it_was_done(t):
    view = facts.month(facts.day(wish=Wish.BOOK), unchanged=True)

    assert "C'était déjà fait" in month.screen(view, t).text


def test_a_month_without_an_open_day_says_so(t):
    assert "Aucun jour ouvert ce mois-ci." in month.screen(facts.month(), t).text


def test_a_month_that_is_over_leads_to_the_next_one_and_asks_for_no_touch(t):
    locked = facts.day(DayState.BOOKED_LOCKED, booking=builders.booking(1))

    screen = month.screen(facts.month(locked), t)

    onwards = next(b for row in screen.rows for b in row if b.style is Style.PRIMARY)
    assert onwards.text == "Janvier 2027 ›"
    assert onwards.data == Month.data(1, 1, date(2027, 1, 1))
    assert "Touchez un jour" not in screen.text


def test_where_only_bookings_are_left_a_touch_cancels_them(t):
    booked = facts.day(DayState.BOOKED, booking=builders.booking(1))

    text = month.screen(facts.month(booked), t).text

    assert "Touchez un jour pour l'annuler." in text


@pytest.mark.parametrize(("drafted", "offered"), [(1, False), (2, True)])
def test_copying_is_offered_when_something_else_is_drafted(t, drafted, offered):
    view = facts.month(facts.day(wish=Wish.BOOK), drafted=drafted)

    labels = [b.text for row in month.screen(view, t).rows for b in row]

    assert ("Copier ici…" in labels) == offered


@pytest.mark.parametrize(
    "day", [facts.day(DayState.BOOKED_LOCKED), facts.day(DayState.CLOSED, late=True)]
)
def test_details_never_offer_a_limit_that_is_over(t, day):
    view = DetailsView(
        child=facts.CHILD,
        activity=builders.activity(),
        first=builders.DAY,
        price=None,
        quotient_missing=False,
        per_slice_minutes=None,
        next_days=(day,),
    )

    text = choosing.details(view, t).text

    assert "mer. 2 déc. : délai dépassé depuis le lun. 23 nov. à 10:00" in text
    assert "à réserver" not in text


def test_details_tell_one_limit_where_both_fall_together(t):
    activity = replace(builders.activity(), approval=True)
    view = DetailsView(
        child=facts.CHILD,
        activity=activity,
        first=builders.DAY,
        price=None,
        quotient_missing=False,
        per_slice_minutes=30,
        next_days=(facts.day(),),
    )

    text = choosing.details(view, t).text

    assert "mer. 2 déc. : à réserver ou annuler jusqu'au lun. 23 nov. à 10:00" in text
    assert "Tarif non défini par la mairie." in text
    assert "Chaque demande reçoit une réponse de la mairie." in text
