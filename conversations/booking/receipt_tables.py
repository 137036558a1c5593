"""The results in tables, one for each kind of result (B13)."""

from collections.abc import Iterator

from conversations import words
from conversations.booking import receipt
from conversations.booking.receipt import Names
from conversations.booking.routes import Confirm
from conversations.screen import Screen
from conversations.texts import Texts
from conversations.widgets.paging import chosen, sliced, turner
from conversations.widgets.tables import LINES_PER_PAGE, Entry, in_tables, sections
from domain.bookings.model import LineOutcome, Receipt, Result


def screen(of: Receipt, names: Names, t: Texts, page: int = 1) -> Screen:
    pages = sliced(tuple(_entries(of, names, t)), LINES_PER_PAGE)
    shown, page = chosen(pages, page)

    def to(number: int) -> str:
        return Confirm.data(of.round, of.digest, number)

    rows = (*turner(page, len(pages), to, t), *receipt.leave(t))
    columns = (t("Jour"), t("Arrivée"), t("Départ"), t("Coût"))
    blocks = (receipt.head(of, t), *sections(shown, columns, t), receipt.what_follows(of, t))
    return in_tables(receipt.screen(of, names, t, page), blocks, rows, to(page), t)


def _entries(of: Receipt, names: Names, t: Texts) -> Iterator[Entry]:
    for result in receipt.ORDER:
        outcomes = receipt.sorted_of(of, result)
        section = receipt.section(result, len(outcomes), t)
        for outcome in outcomes:
            yield _entry(section, outcome, names, t)


def _entry(section: str, outcome: LineOutcome, names: Names, t: Texts) -> Entry:
    refused = outcome.result is Result.NOT_PROCESSED
    remark = ""
    if refused and outcome.reason is not None:
        remark = words.reason(outcome.reason, t, outcome.limit)
    last = "" if refused else t.money(outcome.price)
    if outcome.rank is not None:
        last = t("rang {rank}", rank=outcome.rank)
    return Entry(
        section=section,
        group=names.who_and_what(outcome, t),
        cells=(
            f"{receipt.ORDER[outcome.result]} {t.short_day(outcome.slot.day)}",
            t.clock(outcome.arrival),
            t.clock(outcome.departure),
            last,
        ),
        remark=remark,
    )
