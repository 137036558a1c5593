"""What goes wrong on demand, the next ``times`` that it can."""

from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal[
    "lost",  # no notification comes
    "doubled",  # two at a time
    "late",  # held until they are released
    "first",  # answered before the browser is sent back
    "amount",  # another amount is paid: ``cents`` more (or less)
    "reference",  # another reference comes back
    "client",  # it is another client's payment
    "unknown_idop",  # details are refused: P1
    "fault",  # the web service is out of order
    "500",  # the same, without SOAP
    "garbage",  # 200, and no XML
    "timeout",  # the web service does not answer
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(slots=True)
class Fault:
    kind: Kind
    times: int = 1
    cents: int = -100


@dataclass(slots=True)
class Faults:
    _waiting: list[Fault] = field(default_factory=list)

    def plan(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, *kinds: Kind) -> Fault | None:
        """The first planned one of these, counted down."""
        fault = next((one for one in self._waiting if one.kind in kinds), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
        return fault
