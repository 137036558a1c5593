"""Two displays, the same facts: what one says, the other says (decision 9)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.locales import LOCALES, load
from bot.playground.richtext import plain
from bot.wire.rich import nodes, rich_message
from conversations.booking import recap, recap_tables, receipt, receipt_tables
from conversations.followup import tables as followup_tables
from conversations.followup import views as followup
from conversations.overview import tables as overview_tables
from conversations.overview import views as overview
from conversations.profile.routes import ShowSimply
from conversations.screen import Rich, Screen, Table
from conversations.texts import Html, Texts
from domain.bookings.model import DayState, Reason, State, Wish
from tests.conversations import facts

WORD = re.compile(r"\w+(?:[:,.'’]\w+)*")
ABOVE = Html("<b>Saint-Aubin</b>")


def said(html: str) -> set[str]:
    return set(WORD.findall(plain(nodes(html))))


def in_texts(pages: Iterator[Screen]) -> set[str]:
    return {word for page in pages for word in said(page.text)}


def in_tables(pages: Iterator[Screen]) -> set[str]:
    blocks = [block for page in pages if page.rich for block in page.rich.blocks]
    cells = [
        cell
        for block in blocks
        if isinstance(block, Table)
        for row in (block.columns, *block.rows)
        for cell in ([row] if isinstance(row, str) else row)
    ]
    texts = [block for block in blocks if isinstance(block, str)]
    return {word for text in (*texts, *cells) for word in said(text)}


def recaps(t: Texts) -> Iterator[tuple[Screen, Screen]]:
    view = facts.longest_recap()
    for page in range(1, 40):
        yield recap.screen(view, t, page), recap_tables.screen(view, t, page)


def receipts(t: Texts) -> Iterator[tuple[Screen, Screen]]:
    children, activities = facts.household()
    of, names = facts.longest_receipt(), receipt.Names(children, facts.town(*activities))
    for page in range(1, 40):
        yield receipt.screen(of, names, t, page), receipt_tables.screen(of, names, t, page)


def follow_ups(t: Texts) -> Iterator[tuple[Screen, Screen]]:
    for state in State:
        view = facts.longest_follow_up((state,))
        yield followup.screen(view, ABOVE, "Léa", t), followup_tables.screen(view, ABOVE, "Léa", t)


def day_sheets(t: Texts) -> Iterator[tuple[Screen, Screen]]:
    for state in DayState:
        for wish in (None, *Wish):
            view = facts.longest_sheet(state, wish)
            yield overview.day_sheet(view, t), overview_tables.day_sheet(view, t)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("screens", [recaps, receipts, follow_ups, day_sheets])
def test_both_displays_tell_the_same_facts(screens, locale):
    pairs = list(screens(load()(locale)))

    texts = in_texts(simple for simple, _ in pairs)
    tables = in_tables(table for _, table in pairs)

    dashed = {part for hours in texts for part in hours.split("–")}
    assert texts - tables - dashed == set()


@pytest.mark.parametrize("screens", [recaps, receipts, follow_ups, day_sheets])
def test_both_displays_offer_the_same_and_tables_the_way_back(screens, t):
    for simple, table in screens(t):
        *rows, (back,) = table.rich.rows
        pages = {row for row in simple.rows if len(row) > 1 and "Page" in str(row)}

        assert [row for row in simple.rows if row not in pages] == [
            row for row in rows if "Page" not in str(row)
        ]
        assert ShowSimply.unpack(back.data).address.count(":") >= 1


def test_refused_tables_become_the_text_and_say_so(t):
    screen = recap_tables.screen(facts.recap(facts.line()), t)

    assert screen.text.startswith("Telegram n'a pas accepté les tableaux")
    assert recap.screen(facts.recap(facts.line()), t).text in screen.text


def test_a_list_of_nothing_needs_no_table(t):
    empty = replace(facts.longest_follow_up(), lines=())

    assert followup_tables.screen(empty, ABOVE, "", t).rich is None
    assert overview_tables.day_sheet(replace(facts.longest_sheet(), lines=()), t).rich is None


def test_a_language_from_right_to_left_turns_the_message(t):
    arabic = replace(t, locale="ar")

    screen = recap_tables.screen(facts.recap(facts.line()), arabic)

    assert rich_message(screen.rich)["is_rtl"] is True
    assert "is_rtl" not in rich_message(recap_tables.screen(facts.recap(facts.line()), t).rich)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Léa", "Léa"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<b>Léa</b>", [{"type": "bold", "text": "Léa"}]),
        ("<b>a</b> · <i>b</i>", [
            {"type": "bold", "text": "a"}, " · ", {"type": "italic", "text": "b"},
        ]),
    ],
)  # fmt: skip
def test_marks_become_nodes_and_names_stay_words(html, expected):
    assert nodes(html) == expected


def test_the_same_remark_of_many_days_is_said_once(t):
    days = [facts.SIX_WEEKS + timedelta(days=n) for n in range(3)]
    clashing = [facts.line(day=day, doubt=Reason.CLASH) for day in days]

    screen = recap_tables.screen(facts.recap(*clashing, facts.line()), t)

    (table,) = [block for block in screen.rich.blocks if isinstance(block, Table)]
    across = [row for row in table.rows[1:] if isinstance(row, str)]
    assert across == ["3 jours ci-dessus : ⚠ l'enfant a déjà une réservation à ces heures"]


def test_a_row_across_takes_all_columns():
    table = Table(("a", "b", "c"), (("1", "2", "3"), "tout"))

    (block,) = rich_message(Rich((table,), ()))["blocks"]

    head, line, across = block["cells"]
    assert [cell["is_header"] for cell in head] == [True] * 3
    assert [cell["align"] for cell in line] == ["left", "left", "right"]
    assert [(cell["text"], cell["colspan"]) for cell in across] == [("tout", 3)]
