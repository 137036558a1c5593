from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.locales import load

NARROW, NO_BREAK = "\u202f", "\u00a0"


def test_no_line_of_a_french_text_begins_with_a_sign_that_closes_or_tells():
    french = load()("fr").translations

    said = french.gettext("« Rien à recopier » : vraiment ; déjà ! oui ?")
    catalogued = french.gettext("Que souhaitez-vous faire ?")

    assert said == "« Rien à recopier » : vraiment ; déjà ! oui ?"  # not ours: left alone
    assert catalogued == f"Que souhaitez-vous faire{NARROW}?"


def test_days_hours_and_money_read_as_in_a_french_town_hall(t):
    assert t.day(date(2026, 12, 2)) == "mer. 2 décembre"
    assert t.day(date(2026, 12, 1)) == "mar. 1er décembre"
    assert t.short_day(date(2026, 12, 2)) == "mer. 2 déc."
    assert t.report_day(date(2017, 5, 15)) == "lun. 15/05"
    assert t.month(date(2026, 12, 1)) == "Décembre 2026"
    assert t.short_month(date(2026, 9, 1)) == "Sept. 2026"
    assert t.weekday(0) == "Lu"
    assert t.hours(time(7, 30), time(18)) == "07:30–18:00"
    assert t.money(Decimal("24.87")) == f"24,87{NO_BREAK}€"
    assert t.money(Decimal("1234.5")) == f"1{NARROW}234,50{NO_BREAK}€"
    assert t.signed_money(Decimal("-0.96")) == f"−0,96{NO_BREAK}€"


def test_english_is_british(en):
    assert en.day(date(2026, 12, 2)) == "Wed 2 December"
    assert en.report_day(date(2026, 12, 2)) == "Wed 02/12"
    assert en.short_day(date(2026, 9, 2)) == "Wed 2 Sept"
    assert en.money(Decimal("1234.5")) == "€1,234.50"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 27, 8, tzinfo=UTC), "ven. 27 nov. à 09:00"),
        (datetime(2026, 7, 31, 22, 30, tzinfo=UTC), "sam. 1 août à 00:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "dim. 25 oct. à 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "dim. 25 oct. à 02:30"),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), "dim. 28 mars à 03:00"),
    ],
)
def test_instants_are_told_in_the_towns_time(t, at, said):
    assert t.instant(at) == said


def test_another_town_has_its_own_time():
    reunion = load()("fr", ZoneInfo("Indian/Reunion"))

    assert reunion.instant(datetime(2026, 11, 27, 8, tzinfo=UTC)) == "ven. 27 nov. à 12:00"


def test_names_are_escaped_in_screens_and_left_alone_on_buttons(t):
    assert t.html(
        "<b>{child} · {activity}</b>, {hours}", child="<i>", activity="&", hours="{}"
    ) == ("<b>&lt;i&gt; · &amp;</b>, {}")
    assert t("Garder : {what}", what="<i> & {}") == "Garder : <i> & {}"


@pytest.mark.parametrize(("n", "word"), [(0, "demande"), (1, "demande"), (2, "demandes")])
def test_french_counts_nothing_as_one(t, n, word):
    said = t.plural(
        "- {n} nouvelle demande de réservation", "- {n} nouvelles demandes de réservation", n
    )

    assert said.split(" de ")[0].endswith(word)


@pytest.mark.parametrize(
    ("asked", "given"), [("en-GB", "en"), ("EN", "en"), ("pt-br", "fr"), ("", "fr"), (None, "fr")]
)
def test_a_language_without_texts_falls_back_on_french(asked, given):
    assert load()(asked).locale == given
