"""What this process knows of a notice under way, and what follows from it (N7).

In memory on purpose: a crash forgets it, and costs one more copy at most.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.courier.answers import Answer, Verdict

MOST_ATTEMPTS = 12
"""With the back-off below, a little under five hours."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


class End(StrEnum):
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


@dataclass(slots=True)
class Trail:
    """``settled`` holds the last word of each address, chat or mailbox; ``open`` the others."""

    settled: dict[str, Answer] = field(default_factory=dict)
    open: dict[str, Answer] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)
    shown: list[tuple[int, int]] = field(default_factory=list)  # chat, message: to be noted

    def note(self, address: str, answer: Answer) -> None:
        self.open.pop(address, None)
        if answer.verdict is Verdict.NO_ANSWER and address not in self.doubted:
            # A personal notice is delivered at least once: one more try, and no third.
            self.doubted.add(address)
            self.open[address] = answer
        elif answer.verdict in {Verdict.NOT_SENT, Verdict.HELD}:
            self.open[address] = answer
        else:
            self.settled[address] = answer

    @property
    def why(self) -> str:
        answers = [*self.settled.values(), *self.open.values()]
        if not answers:
            return "no address"
        return "; ".join(sorted({answer.why for answer in answers if answer.why}))

    @property
    def held(self) -> float:
        return max((answer.seconds for answer in self.open.values()), default=0.0)

    def end(self, attempts: int) -> End | None:
        """None while another attempt is worth it."""
        if self.open and attempts < MOST_ATTEMPTS:
            return None
        verdicts = {answer.verdict for answer in self.settled.values()}
        if Verdict.SENT in verdicts:
            return End.SENT
        if Verdict.NO_ANSWER in verdicts or self.doubted & self.open.keys():
            return End.UNCERTAIN
        return End.FAILED


def wait_after(attempts: int, held: float) -> timedelta:
    """Doubling, and never before the server said."""
    doublings = min(max(attempts - 1, 0), MOST_ATTEMPTS)
    return max(min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT), timedelta(seconds=held))
