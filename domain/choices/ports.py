from typing import Protocol

from domain.choices.model import Choices
from domain.families.model import GuardianId
from domain.notices.model import Channel, Kind
from domain.notices.quiet import Quiet


class ChoicesTx(Protocol):
    def choices(self, guardian: GuardianId, *, lock: bool = False) -> Choices: ...

    def choose_notice(
        self, guardian: GuardianId, kind: Kind, channel: Channel, *, wanted: bool
    ) -> None: ...

    def set_quiet(self, guardian: GuardianId, quiet: Quiet | None) -> None: ...

    def set_tidy_screens(self, guardian: GuardianId, *, wanted: bool) -> None: ...
