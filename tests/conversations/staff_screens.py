"""Every screen of the town's side at its longest, for ``test_limits``."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.screen import Screen, noted
from conversations.staff import home
from conversations.staff.home import Area
from conversations.texts import Texts
from domain.staff.devices import StaffDevice
from domain.staff.model import Right, Role, StaffSessionId
from tests import builders
from tests.conversations.announcing_screens import announcing
from tests.conversations.facts import LONGEST_ID
from tests.conversations.staff_desk_screens import imported, waiting
from tests.conversations.staff_office_screens import families, log, past
from tests.conversations.staff_people import LONG, TOWN, member
from tests.conversations.staff_places_screens import places


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


STAFF_SCREENS = [homes, places, families, log, past, announcing, waiting, imported]
