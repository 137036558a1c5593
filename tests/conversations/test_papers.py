"""What is printed is read long after, and by people who count (M2, F3)."""

from datetime import date
from decimal import Decimal

from bot.locales import load
from conversations.tables import Table, printed
from tests import builders

TABLE = Table(
    title="Historique",
    head=("Mairie",),
    columns=("Date", "Activité", "Prix (€)"),
    rows=((date(2026, 12, 1), "Cantine", Decimal("2.80")),),
    total=("TOTAL", Decimal("2.80")),
    note="Sous réserve.",
    file_name="historique",
)


def test_only_amounts_stand_under_one_another(t):
    assert printed(TABLE, t).facts["is_amount"] == [False, False, True]


def test_a_total_is_told_as_each_language_writes_it(t):
    assert printed(TABLE, t).facts["total"] == "TOTAL : 2,80\N{NO-BREAK SPACE}€"
    assert printed(TABLE, load()("en")).facts["total"] == "TOTAL: €2.80"


def test_a_paper_tells_the_year(t):
    assert t.paper_day(builders.DAY) == "mer. 2 décembre 2026"
    assert t.paper_instant(builders.NOW) == "lun. 23 novembre 2026 à 10:00"
