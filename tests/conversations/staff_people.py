"""Who acts on the longest screens of the town's side."""

from dataclasses import replace

from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId
from tests import builders
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
