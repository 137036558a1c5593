"""What became of every line, as in the guide's "Remarques concernant vos réservations" (B13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from conversations import words
from conversations.booking.routes import Confirm
from conversations.followup.routes import FollowUp
from conversations.home.routes import HOME
from conversations.screen import Button, Row, Screen
from conversations.texts import Texts
from conversations.widgets.paging import Block, chosen, paged, turner
from domain.activities.catalogue import Catalogue
from domain.bookings.model import LineOutcome, Receipt, Result
from domain.families.model import Child

# What asks for attention comes first.
ORDER: Final[Mapping[Result, str]] = {
    Result.NOT_PROCESSED: "✘",
    Result.WAITLISTED: "…",
    Result.PENDING: "?",
    Result.ACCEPTED: "✓",
    Result.CHANGED: "≈",
    Result.CANCELLED: "−",
}
REMARKS: Final = frozenset({Result.NOT_PROCESSED, Result.WAITLISTED, Result.PENDING})


@dataclass(frozen=True, slots=True)
class Names:
    """Whom and what the outcomes are about: a receipt holds ids only."""

    children: Sequence[Child]
    catalogue: Catalogue

    def title(self, outcome: LineOutcome, t: Texts) -> str:
        hours = t.hours(outcome.arrival, outcome.departure)
        return f"{self.who_and_what(outcome, t)}, {hours}"

    def who_and_what(self, outcome: LineOutcome, t: Texts) -> str:
        slot = outcome.slot
        child = next((c.first_name for c in self.children if c.id == slot.child_id), "")
        activity = self.catalogue.activities.get(slot.activity_id)
        return t.html(
            "<b>{child} · {activity}</b>",
            child=child,
            activity=activity.name if activity is not None else "",
        )


def screen(receipt: Receipt, names: Names, t: Texts, page: int = 1) -> Screen:
    blocks = [block for result in ORDER for block in _blocks(receipt, result, names, t)]
    pages = paged(blocks)
    body, page = chosen(pages, page)
    parts = [head(receipt, t), body, what_follows(receipt, t)]

    def to(number: int) -> str:
        return Confirm.data(receipt.round, receipt.digest, number)

    return Screen(
        "\n\n".join(part for part in parts if part),
        (*turner(page, len(pages), to, t), *leave(t)),
    )


def leave(t: Texts) -> tuple[Row, ...]:
    return (
        (Button(t("Suivi des réservations"), FollowUp.data(1)),),
        (Button(t("Accueil"), HOME),),
    )


def head(receipt: Receipt, t: Texts) -> str:
    results = {outcome.result for outcome in receipt.outcomes}
    if results == {Result.NOT_PROCESSED}:
        return t("<b>Aucune de vos demandes n'a pu être enregistrée.</b>")
    head = t("<b>Vos demandes sont enregistrées</b> ({at}).", at=t.instant(receipt.at))
    if results & REMARKS:
        head += "\n" + t("Des remarques concernent vos réservations : merci de les lire.")
    return head


def what_follows(receipt: Receipt, t: Texts) -> str:
    if all(outcome.result is Result.NOT_PROCESSED for outcome in receipt.outcomes):
        return t("Vos réservations précédentes n'ont pas changé.")
    return t(
        "Vos demandes seront transmises à la mairie cette nuit. "
        "Un compte rendu vous sera envoyé demain."
    )


def _blocks(receipt: Receipt, result: Result, names: Names, t: Texts) -> list[Block]:
    outcomes = sorted_of(receipt, result)
    title_of_all = section(result, len(outcomes), t)
    blocks: list[Block] = []
    for _, group in groupby(outcomes, key=lambda o: _group(o)[:-1]):
        same = list(group)
        title = names.title(same[0], t)
        heading = title if blocks else f"{title_of_all}\n{title}"
        blocks.append(Block(heading, tuple(_line(outcome, t) for outcome in same)))
    return blocks


def sorted_of(receipt: Receipt, result: Result) -> list[LineOutcome]:
    """By child, activity, hours and day."""
    return sorted((o for o in receipt.outcomes if o.result is result), key=_group)


def section(result: Result, count: int, t: Texts) -> str:
    return f"<b>{ORDER[result]} {t(words.RESULTS[result])} ({count})</b>"


def _group(outcome: LineOutcome) -> tuple[int, int, str, int]:
    slot = outcome.slot
    hours = f"{outcome.arrival}{outcome.departure}"
    return slot.child_id, slot.activity_id, hours, slot.day.toordinal()


def _line(outcome: LineOutcome, t: Texts) -> str:
    day = f"{ORDER[outcome.result]} {t.short_day(outcome.slot.day)}"
    if outcome.result is Result.NOT_PROCESSED:
        if outcome.reason is None:
            return day
        return f"{day} · {words.reason(outcome.reason, t, outcome.limit)}"
    if outcome.rank is not None:
        return day + " · " + t("rang {rank}", rank=outcome.rank)
    return f"{day} · {t.money(outcome.price)}"
