"""Every screen of the town's side at its longest, for ``test_limits``."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.screen import Screen, noted
from conversations.staff import home
from conversations.staff.home import Area
from conversations.texts import Texts
from domain.staff.devices import StaffDevice
from domain.staff.model import Right, Role, StaffId, StaffIdentity, StaffSessionId
from tests import builders
from tests.conversations.announcing_screens import announcing
from tests.conversations.facts import LONGEST_ID

LONG = "<i>&" * 100
TOWN = replace(builders.catalogue().structures[builders.TOWN], name=LONG)


def member(role: Role = Role.MANAGER, *, in_tables: bool = False) -> StaffIdentity:
    return StaffIdentity(
        StaffSessionId(LONGEST_ID),
        StaffId(LONGEST_ID),
        role,
        LONG,
        builders.TOWN,
        (builders.TOWN,),
        "fr",
        1,
        builders.NOW,
        in_tables,
    )


def homes(t: Texts) -> Iterator[Screen]:
    areas = [(Area("x" * 60, "gh", Right.LOOK), n) for n in (0, 1, 99_999)] * 5
    for role in Role:
        for counted, others in (((), ()), (areas, (TOWN,) * 20)):
            shown = home.screen(member(role), TOWN, others, counted, t)
            yield noted(shown, home.welcomed(LONG, t))
    device = StaffDevice(StaffSessionId(LONGEST_ID), builders.NOW, builders.NOW)
    for devices in ((replace(device, is_this=True),), (device,) * 50):
        yield home.access(member(in_tables=len(devices) == 1), TOWN, devices, t)
    yield home.logged_out(t)
    yield home.refused(LONG, t)


STAFF_SCREENS = [homes, announcing]
