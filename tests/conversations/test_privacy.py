"""One's own data in words: whole in the file, readable on the paper (A12)."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from bot.locales import LOCALES, load
from conversations.privacy import views
from conversations.privacy.archive import as_json
from conversations.privacy.paper import FOR_MACHINES, paper
from conversations.privacy.words import CODES, FIELDS, PARTS
from domain.accounts.events import Event as Accounts
from domain.accounts.tokens import Purpose
from domain.bookings.model import State
from domain.emails.model import Event as Emails
from domain.notices.model import Delivery, Kind
from domain.privacy.events import Event as Privacy
from domain.privacy.model import Part, PersonalData, Retention, Section
from domain.sessions.model import Event as Sessions
from storage.privacy.repository import PARTS as STORED

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ROW = {
    "number": 7,
    "first_name": "Zoé",
    "emails": ["a@example.org", "b@example.org"],
    "at": AT,
    "day": date(2026, 12, 2),
    "arrival": time(7, 30),
    "price": Decimal("24.87"),
    "value": Decimal("650.50"),
    "wanted": False,
    "state": State.PENDING,
    "delivery": Delivery.PENDING,
    "notice": Kind.DAY_CLOSED,
    "reason": None,
    "what": "login",
    "purpose": Purpose.RESET,
    "ticket": 3,
    "facts": {"lines": [1, 2]},
}


def data(*rows: dict) -> PersonalData:
    return PersonalData(AT, (Section(Part.BOOKINGS, tuple(ROW), rows),))


def test_every_part_and_field_that_is_stored_has_words():
    fields = {column.key for query in STORED.values() for column in query.selected_columns}

    assert STORED.keys() == PARTS.keys() == set(Part)
    assert fields - FIELDS.keys() == set()


def test_every_event_of_accounts_and_of_ones_data_has_words():
    events = {event.value for area in (Accounts, Emails, Sessions, Privacy) for event in area}

    assert events - CODES.keys() == set()


def test_the_file_holds_every_value_as_it_is():
    file = json.loads(as_json(data(ROW)))

    assert file["format"] == 1
    assert file["made_at"] == "2026-11-23T09:00:00+00:00"
    assert file["bookings"] == [
        ROW
        | {
            "at": "2026-11-23T09:00:00+00:00",
            "day": "2026-12-02",
            "arrival": "07:30:00",
            "price": "24.87",
            "value": "650.50",
            "state": "pending",
            "delivery": "pending",
            "notice": "day_closed",
            "purpose": "reset",
        }
    ]


def test_the_paper_says_it_in_words(t):
    (section,) = paper(data(ROW), "Zoé MARTIN", t).facts["sections"]

    said = dict(zip(section["fields"], section["rows"][0], strict=True))
    assert section["title"] == "Réservations"
    assert said == {
        "numéro": "7",
        "prénom": "Zoé",
        "adresses de messagerie": "a@example.org, b@example.org",
        "le": "23 nov. 2026 10:00",
        "jour": "2 déc. 2026",
        "arrivée": "07:30",
        "prix": t.money(Decimal("24.87")),
        "valeur": "650.50",
        "voulu": "non",
        "état": "en attente de réponse",
        "remise": "en attente",
        "message": "Une journée réservée est fermée",
        "motif": "—",
        "événement": "connexion",
        "pour": "mot de passe oublié",
    }


def test_the_paper_leaves_to_the_file_what_is_for_machines(t):
    (section,) = paper(data(ROW), "Zoé MARTIN", t).facts["sections"]

    assert len(section["fields"]) == len(ROW) - len(FOR_MACHINES & ROW.keys())


@pytest.mark.parametrize("part", Part)
def test_a_sheet_is_wide_enough_for_every_part(part):
    """Of a landscape page; the account is one row, which is shown as a list."""
    shown = [c.key for c in STORED[part].selected_columns if c.key not in FOR_MACHINES]

    assert len(shown) <= 12 or part is Part.ACCOUNT


@pytest.mark.parametrize("locale", LOCALES)
def test_the_policy_offers_its_buttons_to_those_who_can_use_them(locale):
    t = load()(locale)

    inside, outside = (views.policy(Retention(), t, entered=x) for x in (True, False))

    assert len(inside.rows) == len(outside.rows) + 2
    assert inside.text == outside.text
    assert all(word in inside.text for word in ("Telegram", "/mes_donnees", "/effacer", "CNIL"))


def test_how_long_is_told_in_the_towns_own_figures(t):
    figures = Retention(bookings=11, payments=12, signatures=13)

    for screen in (views.policy(figures, t, entered=True), views.ask_erasure(figures, t)):
        assert all(f"{years} ans" in screen.text for years in (11, 12, 13))
