"""What follows from each answer, for a message that is to be there once (N7)."""

from datetime import timedelta

import pytest

from bot.courier.answers import Answer, Verdict
from bot.courier.broadcast_bot import BroadcastBot, Copy
from bot.courier.leaving import outcome
from bot.courier.telegram import PushBot
from domain.announcements.composed import Fate
from domain.announcements.sending import MOST_ATTEMPTS, Outgoing, Task
from tests.bot.scripted import TOKEN, ScriptedApi, refusal
from tests.builders import NOW


def one(task: Task = Task.SEND, attempts: int = 0) -> Outgoing:
    there = None if task is Task.SEND else 7
    return Outgoing(1, 2, task, 700, "fr", attempts, there)


@pytest.mark.parametrize(
    ("verdict", "fate"),
    [
        (Verdict.SENT, Fate.SENT),
        (Verdict.NO_ANSWER, Fate.UNCERTAIN),
        (Verdict.GONE, Fate.BLOCKED),
        (Verdict.REFUSED, Fate.FAILED),
    ],
)
def test_a_message_that_may_have_left_is_never_due_again(verdict: Verdict, fate: Fate) -> None:
    found = outcome(one(), 3, Answer(verdict, "-", message=9), NOW)

    assert found.fate is fate
    assert found.due_at == (NOW if fate is Fate.SENT else None)  # to look whether it changed
    assert found.version == (3 if fate is Fate.SENT else 0)


def test_what_certainly_did_not_leave_is_tried_again_and_then_given_up() -> None:
    down = Answer(Verdict.NOT_SENT, "ConnectError")

    first = outcome(one(), 3, down, NOW)
    last = outcome(one(attempts=MOST_ATTEMPTS - 1), 3, down, NOW)

    assert (first.fate, first.due_at, first.attempts) == (
        Fate.PENDING,
        NOW + timedelta(seconds=5),
        1,
    )
    assert (last.fate, last.due_at) == (Fate.FAILED, None)


def test_a_429_is_obeyed_and_is_no_attempt() -> None:
    found = outcome(one(attempts=3), 3, Answer(Verdict.HELD, "429", 35), NOW)

    assert (found.fate, found.due_at, found.attempts) == (
        Fate.PENDING,
        NOW + timedelta(seconds=35),
        3,
    )


@pytest.mark.parametrize("task", [Task.EDIT, Task.TAKE_AWAY])
def test_a_change_that_may_not_have_arrived_is_made_again(task: Task) -> None:
    found = outcome(one(task), 3, Answer(Verdict.NO_ANSWER, "ReadTimeout"), NOW)

    assert (found.fate, found.version, found.message_id) == (Fate.SENT, 0, 7)
    assert found.due_at == NOW + timedelta(seconds=5)


def test_a_change_that_is_refused_is_not_tried_for_ever() -> None:
    found = outcome(one(Task.EDIT), 3, Answer(Verdict.REFUSED, "can't be edited"), NOW)

    assert (found.fate, found.due_at, found.version) == (Fate.SENT, None, 0)


@pytest.mark.parametrize("status", [500, 502])
async def test_a_server_that_fails_while_it_answers_may_have_sent(
    api: ScriptedApi, status: int
) -> None:
    api.script = [refusal(status, "Internal Server Error")]
    push = PushBot(TOKEN, api.url)

    arrived = await BroadcastBot(push).tell(700, Copy("x"))
    await push.close()

    assert arrived.answer.verdict is Verdict.NO_ANSWER


async def test_a_server_that_was_never_reached_has_sent_nothing() -> None:
    push = PushBot(TOKEN, "http://127.0.0.1:9")

    arrived = await BroadcastBot(push).tell(700, Copy("x"))
    await push.close()

    assert arrived.answer.verdict is Verdict.NOT_SENT


async def test_what_is_gone_already_counts_as_taken_away(api: ScriptedApi) -> None:
    api.script = [refusal(400, "Bad Request: message to delete not found")]
    push = PushBot(TOKEN, api.url)

    answer = await BroadcastBot(push).take_away(700, 7)
    await push.close()

    assert answer.verdict is Verdict.SENT
