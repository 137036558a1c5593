"""What guardians chose, in memory."""

from dataclasses import replace

from domain.choices.model import Choices
from domain.families.model import Display, GuardianId
from domain.notices.model import Channel, Kind
from domain.notices.quiet import Quiet
from tests.fakes.data import TownData


class FakeChoices:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def choices(self, guardian: GuardianId, *, lock: bool = False) -> Choices:
        kept = self.data.choices.get(guardian, Choices(Display.CLASSIC))
        return replace(kept, display=self.data.guardians[guardian].display)

    def choose_notice(
        self, guardian: GuardianId, kind: Kind, channel: Channel, *, wanted: bool
    ) -> None:
        now = self.choices(guardian)
        chosen = {**now.wanted, (kind, channel): wanted}
        self.data.choices[guardian] = replace(now, wanted=chosen)

    def set_quiet(self, guardian: GuardianId, quiet: Quiet | None) -> None:
        self.data.choices[guardian] = replace(self.choices(guardian), quiet=quiet)

    def set_tidy_screens(self, guardian: GuardianId, *, wanted: bool) -> None:
        self.data.choices[guardian] = replace(self.choices(guardian), tidy_screens=wanted)
