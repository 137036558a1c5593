"""Who is told that something waits (S)."""

from dataclasses import dataclass

from domain.activities.model import StructureId
from domain.alerts.model import Sight
from domain.staff.model import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Reached:
    """An agent in a chat."""

    chat: int
    role: Role
    structures: tuple[StructureId, ...]
    locale: str

    @property
    def sight(self) -> Sight | None:
        return sight_of(self.role, self.structures)


def sight_of(role: Role, structures: tuple[StructureId, ...]) -> Sight | None:
    """None for whoever may settle nothing. What is of no structure is the managers'."""
    if Right.SETTLE_ALERTS not in RIGHTS[role]:
        return None
    return Sight(structures, role is Role.MANAGER)
