"""What became of one attempt to deliver, the same words for a chat and for a mailbox."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    SENT = "sent"
    NO_ANSWER = "no_answer"  # it may have arrived: sending again may be one copy too many
    NOT_SENT = "not_sent"  # certainly not delivered; worth another try
    HELD = "held"  # told to wait
    GONE = "gone"  # this address is no more: blocked, deactivated, unknown
    REFUSED = "refused"  # the message itself is not accepted; trying again changes nothing


@dataclass(frozen=True, slots=True)
class Answer:
    """``why`` is for the staff's list and the log: a code or the server's words, never a name."""

    verdict: Verdict
    why: str = ""
    seconds: float = 0  # for HELD
    message: int | None = None  # for SENT, in that chat


SENT = Answer(Verdict.SENT)
