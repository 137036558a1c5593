"""How one day looks in a 40-pixel cell: text first, colour second (spec, calendar states).

Marks are letters of common fonts, never emoji: those take two columns and change with the phone.
"""

from collections.abc import Mapping
from typing import Final

from conversations.screen import Style
from domain.bookings.model import DayState, DayView, Wish

NOT_OPEN: Final = "·"
MARKS: Final[Mapping[DayState, str]] = {
    DayState.CLOSED: "·",
    DayState.FULL: "✘",
    DayState.AVAILABLE: "",
    DayState.WAITLIST_ONLY: "!",
    DayState.BOOKED: "✓",
    DayState.WAITING: "…",
    DayState.BOOKED_LOCKED: "◆",
    DayState.WAITING_LOCKED: "◇",
}
ELSEWHERE: Final = "*"  # the child's other family has it (A11)
TO_BOOK, TO_CANCEL = "+", "−"
OTHER_HOURS: Final = "≈"  # booked, and asked for at other hours (B6)
WISHES: Final[Mapping[Wish, str]] = {Wish.BOOK: TO_BOOK, Wish.CANCEL: TO_CANCEL, Wish.KEEP: ""}
WISH_STYLES: Final[Mapping[Wish, Style | None]] = {
    Wish.BOOK: Style.PRIMARY,
    Wish.CANCEL: Style.DANGER,
    Wish.KEEP: None,
}
STATE_STYLES: Final = {DayState.BOOKED: Style.SUCCESS, DayState.BOOKED_LOCKED: Style.SUCCESS}
LEGIBLE: Final = 99  # places left beyond this do not fit, and tell nobody anything
SMALL: Final = tuple(
    str(n).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")) for n in range(LEGIBLE + 1)
)


def label(day: DayView) -> str:
    """ "12₅", "12✓", "12+": the draft's wish hides the state under it."""
    number = str(day.day.day)
    if day.changes_hours:
        return number + OTHER_HOURS
    if day.wish is not None:
        return number + WISHES[day.wish]
    if day.elsewhere:
        return number + ELSEWHERE
    if day.state is DayState.AVAILABLE and day.left is not None and day.left <= LEGIBLE:
        return number + SMALL[day.left]
    return number + MARKS[day.state]


def style(day: DayView) -> Style | None:
    if day.wish is not None:
        return WISH_STYLES[day.wish]
    return STATE_STYLES.get(day.state)


def asks(day: DayView) -> bool:
    """What a tap on this day wants: the opposite of what stands, booked or drafted."""
    if day.booking is not None:
        return day.wish is Wish.CANCEL
    return day.wish is not Wish.BOOK
