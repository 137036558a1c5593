"""Addresses of the profile. What is switched says the result it wants, never a gesture."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from conversations.routes import Flag, Id, Route, whole
from domain.families.model import Display
from domain.notices.model import Channel, Kind

HOURS = range(24)


def _on_the_clock(hour: int) -> int:
    if hour not in HOURS:
        raise ValueError("no hour of a day")
    return hour


Hour = Annotated[int, AfterValidator(_on_the_clock), BeforeValidator(whole)]


class Profile(Route, prefix="pf"):
    """What can be seen and changed of one's own account (H3)."""


class Devices(Route, prefix="dv"):
    """Where this account is connected (A9)."""


class EndDevice(Route, prefix="dx"):
    session: Id


class Structures(Route, prefix="st"):
    """The choice of structures (A9)."""


class SwitchTo(Route, prefix="sw"):
    structure: Id


class Notices(Route, prefix="nc"):
    """Which notices come by Telegram and by mail (N7)."""


class WantNotice(Route, prefix="nw"):
    kind: Kind
    channel: Channel
    wanted: Flag


class QuietHours(Route, prefix="qh"):
    """When nothing but what is urgent comes (N7)."""


class QuietFrom(Route, prefix="qf"):
    """Asks for the end."""

    start: Hour


class QuietBetween(Route, prefix="qs"):
    start: Hour
    until: Hour


class NoQuiet(Route, prefix="qn"):
    """Notices come at any hour."""


class ChooseDisplay(Route, prefix="ds"):
    display: Display


Then = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,3}(![0-9a-z!]*)?$")]


class ShowSimply(Route, prefix="b"):
    """Back to texts, and to the screen whose address ``then`` is, "!" standing for ":"."""

    then: Then

    @staticmethod
    def data(then: str) -> str:
        return f"b:{then.replace(':', '!')}"

    @property
    def address(self) -> str:
        return self.then.replace("!", ":")


class TidyScreens(Route, prefix="ts"):
    """Whether screens are deleted before Telegram's limit (A12)."""

    wanted: Flag


class Emails(Route, prefix="em"):
    """The e-mail addresses, and the code that proves a new one."""


class ChangeEmails(Route, prefix="ec"):
    """Asks for the password, then for the list."""


class SendCodes(Route, prefix="er"):
    """New codes for the addresses that wait."""


class DropEmails(Route, prefix="ed"):
    """Gives up the addresses that wait for a code."""
