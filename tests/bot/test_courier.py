"""N7: queued once, delivered at least once, with one extra copy at most."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.background import Background
from bot.courier.answers import SENT, Answer, Verdict
from bot.courier.courier import AFTER_A_FAILURE, Courier
from bot.courier.delivery import Delivery
from bot.courier.pacing import Pace
from conversations.notices.views import Mail
from conversations.screen import Screen
from domain.choices.model import Choices
from domain.families.model import Display, GuardianId, StructureId
from domain.notices.model import Channel, Due, Kind, Notice
from domain.notices.model import Delivery as Fate
from domain.notices.ports import Outbox
from domain.work import Transaction
from tests.bot.timing import FakeTime
from tests.builders import catalogue
from tests.fakes.data import StoredNotice, StoredSession, TownData
from tests.fakes.town import FakeTown

NO_ANSWER = Answer(Verdict.NO_ANSWER, "ReadTimeout")
DOWN = Answer(Verdict.NOT_SENT, "ConnectError")
BLOCKED = Answer(Verdict.GONE, "Forbidden: bot was blocked by the user")
CHAT = 700
Result = TypeVar("Result")


class FakePush:
    """``script``: what it answers; then everything is sent."""

    def __init__(self) -> None:
        self.script: list[Answer | Exception] = []
        self.sent: list[tuple[int, str]] = []
        self.edits: list[tuple[int, int, str]] = []

    async def edit(self, chat: int, message: int, screen: Screen) -> Answer:
        assert not self.sent, "what is paid stands under its receipt"
        self.edits.append((chat, message, screen.text))
        return self.script.pop(0) if self.script else SENT  # type: ignore[return-value]

    async def send(self, chat: int, text: str, rows: object = ()) -> Answer:
        self.sent.append((chat, text))
        sent = Answer(Verdict.SENT, message=len(self.sent))
        answer = self.script.pop(0) if self.script else sent
        if isinstance(answer, Exception):
            raise answer
        return answer


class FakeMailer:
    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.sent: list[tuple[str, str]] = []

    async def send(self, to: str, mail: Mail, key: str) -> Answer:
        self.sent.append((to, key))
        return self.script.pop(0) if self.script else SENT


class Plain:
    """Draws a notice as its key, in as many messages as it is told."""

    def __init__(self) -> None:
        self.parts = 1

    async def screens(self, due: Due) -> tuple[Screen, ...]:
        return tuple(Screen(f"{due.notice.key}/{part}") for part in range(self.parts))

    async def mail(self, due: Due) -> Mail:
        return Mail("Objet", due.notice.key)

    def paid(self, due: Due) -> Screen:
        return Screen("payé")


class Post:
    """A courier over a town in memory."""

    def __init__(self, time: FakeTime, background: Background) -> None:
        self.time, self.background = time, background
        self.data = TownData(catalogue())
        self.data.family(1, guardians=[1])
        self.town = FakeTown(self.data)
        self.push, self.mails, self.draw = FakePush(), FakeMailer(), Plain()
        self.courier = self.restarted()
        self.connect(CHAT)

    def restarted(self, outbox: Transaction[Outbox] | None = None) -> Courier:
        pace = Pace(monotonic=self.time.monotonic, sleep=self.time.sleep)
        deliver = Delivery(self.town.outbox, self.push, self.mails, self.draw, pace, self.time.now)
        return Courier(
            outbox or self.town.outbox,
            deliver,
            self.time.now,
            self.background,
            sleep=self.time.sleep,
        )

    def connect(self, chat: int) -> None:
        self.data.sessions[chat] = StoredSession(
            GuardianId(1), StructureId(1), chat, self.time.now()
        )

    async def queue(
        self, key: str = "n", channel: Channel = Channel.TELEGRAM, kind: Kind = Kind.PLACE_GIVEN
    ) -> None:
        notice = Notice(key, GuardianId(1), channel, kind, {}, self.time.now())
        await self.town.outbox.write(lambda tx: tx.post([notice]))

    def stored(self, key: str = "n") -> StoredNotice:
        return self.data.notices[key]

    async def later(self, **wait: float) -> bool:
        self.time.seconds += timedelta(**wait).total_seconds()
        return await self.courier.deliver_once()


@pytest.fixture
def post(time: FakeTime, background: Background) -> Post:
    return Post(time, background)


async def test_what_arrived_is_noted_so_that_leaving_takes_it_away(post: Post) -> None:
    """A9, A12: each part once, those that came before a part that must wait too."""
    post.draw.parts = 2
    post.push.script = [Answer(Verdict.SENT, message=1), DOWN]
    await post.queue()

    await post.courier.deliver_once()
    first = dict(post.data.messages)
    await post.later(minutes=1)

    assert set(first) == {(CHAT, 1)}
    assert post.data.messages == {**first, (CHAT, 3): post.time.now()}


async def test_whoever_watches_is_told_of_each_round_and_of_each_end(
    time: FakeTime, background: Background
) -> None:
    post, rounds, ends = Post(time, background), asyncio.Event(), []
    post.push.script = [DOWN]
    pace = Pace(monotonic=time.monotonic, sleep=time.sleep)
    deliver = Delivery(
        post.town.outbox,
        post.push,
        post.mails,
        post.draw,
        pace,
        time.now,
        ended=lambda channel, end: ends.append((channel, end)),
    )
    courier = Courier(post.town.outbox, deliver, time.now, background, beat=rounds.set)
    await post.queue()

    await courier.deliver_once()
    after_a_failure = list(ends)
    time.seconds += 60
    await courier.deliver_once()
    courier.start()
    await rounds.wait()
    await courier.stop()

    assert after_a_failure == []
    assert ends == [(Channel.TELEGRAM, "sent")]


async def test_a_notice_is_delivered_once(post: Post) -> None:
    await post.queue()

    assert await post.courier.deliver_once()
    assert not await post.courier.deliver_once()

    assert post.push.sent == [(CHAT, "n/0")]
    assert post.stored().state is Fate.SENT


@pytest.mark.parametrize("answer", [SENT, DOWN, BLOCKED, Answer(Verdict.REFUSED, "gone")])
async def test_what_offered_an_order_is_redrawn_before_its_receipt_or_let_go(
    post: Post, answer: Answer
) -> None:
    post.push.script = [answer]
    await post.queue()
    (due,) = await post.town.outbox.write(
        lambda tx: tx.claim(post.time.now(), limit=1, lease_until=post.time.now())
    )

    await post.courier.deliver(replace(due, offers=((CHAT, 5),)))

    assert post.push.edits == [(CHAT, 5, "payé")]
    assert post.push.sent == [(CHAT, "n/0")]
    assert post.stored().state is Fate.SENT


async def test_every_connected_device_is_told(post: Post) -> None:
    post.connect(701)
    await post.queue()

    await post.courier.deliver_once()

    assert sorted(post.push.sent) == [(CHAT, "n/0"), (701, "n/0")]


async def test_a_server_that_is_down_is_tried_again_later_and_later(post: Post) -> None:
    post.push.script = [DOWN, DOWN]
    await post.queue()

    await post.courier.deliver_once()
    too_early = await post.later(seconds=4)
    await post.later(seconds=1)
    still_too_early = await post.later(seconds=4)
    await post.later(seconds=6)

    assert (too_early, still_too_early) == (False, False)
    assert len(post.push.sent) == 3
    assert post.stored().state is Fate.SENT


async def test_after_many_attempts_it_is_given_up(post: Post) -> None:
    post.push.script = [DOWN] * 20
    await post.queue()

    for _ in range(14):
        await post.later(hours=1)

    assert post.stored().state is Fate.FAILED
    assert post.stored().why == "ConnectError"
    assert not await post.later(days=1)


async def test_a_doubt_costs_one_more_copy_and_then_stays_a_doubt(post: Post) -> None:
    post.push.script = [NO_ANSWER, NO_ANSWER]
    await post.queue()

    await post.courier.deliver_once()
    await post.later(minutes=1)
    await post.later(days=1)

    assert len(post.push.sent) == 2
    assert post.stored().state is Fate.UNCERTAIN


async def test_a_doubt_that_clears_is_a_delivery(post: Post) -> None:
    post.push.script = [NO_ANSWER]
    await post.queue()

    await post.courier.deliver_once()
    await post.later(minutes=1)

    assert post.stored().state is Fate.SENT


async def test_a_device_that_was_reached_is_not_told_again(post: Post) -> None:
    post.connect(701)
    post.push.script = [SENT, DOWN]
    await post.queue()

    await post.courier.deliver_once()
    await post.later(minutes=1)

    reached = [chat for chat, _ in post.push.sent]
    assert sorted(reached[:2]) == [CHAT, 701]
    assert reached[2:] == [reached[1]]


async def test_the_parts_of_a_long_report_come_in_order_and_once(post: Post) -> None:
    post.draw.parts = 3
    post.push.script = [SENT, DOWN]
    await post.queue()

    await post.courier.deliver_once()
    await post.later(minutes=1)

    assert [text for _, text in post.push.sent] == ["n/0", "n/1", "n/1", "n/2"]


async def test_a_429_is_obeyed(post: Post) -> None:
    post.push.script = [Answer(Verdict.HELD, "429", 35)]
    await post.queue()

    await post.courier.deliver_once()
    too_early = await post.later(seconds=34)
    await post.later(seconds=1)

    assert not too_early
    assert post.stored().state is Fate.SENT


async def test_another_notice_to_a_held_chat_is_not_even_tried(post: Post) -> None:
    post.push.script = [Answer(Verdict.HELD, "429", 35)]
    await post.queue("first")
    await post.courier.deliver_once()
    await post.queue("second")

    await post.later(seconds=1)

    assert post.push.sent == [(CHAT, "first/0")]
    assert post.stored("second").state is Fate.PENDING


async def test_a_family_that_blocked_the_bot_is_seen_as_unreachable(post: Post) -> None:
    post.push.script = [BLOCKED]
    await post.queue()

    await post.courier.deliver_once()

    assert post.data.chats_gone == {CHAT: BLOCKED.why}
    assert post.stored().state is Fate.FAILED


async def test_what_goes_by_telegram_only_goes_by_mail_when_no_chat_is_left(post: Post) -> None:
    post.push.script = [BLOCKED]
    await post.queue(kind=Kind.DRAFT_LAPSED)

    await post.courier.drain()

    instead = [s for s in post.data.notices.values() if s.notice.channel is Channel.MAIL]
    assert [stored.notice.kind for stored in instead] == [Kind.DRAFT_LAPSED]


@pytest.mark.parametrize("channel", Channel)
async def test_a_reminder_of_what_is_over_by_now_is_not_sent_at_all(
    post: Post, channel: Channel
) -> None:
    """The bot was down, or quiet hours lasted longer (N3)."""
    until = post.time.now() + timedelta(hours=1)
    notice = Notice(
        "n",
        GuardianId(1),
        channel,
        Kind.DEADLINE_REMINDER,
        {"until": until.isoformat()},
        post.time.now(),
    )
    post.data.choices[GuardianId(1)] = Choices(
        Display.CLASSIC, wanted={(Kind.DEADLINE_REMINDER, Channel.MAIL): True}
    )
    await post.town.outbox.write(lambda tx: tx.post([notice]))

    await post.later(hours=1, seconds=1)

    assert (post.push.sent, post.mails.sent) == ([], [])
    assert (post.stored().state, post.stored().why) == (Fate.FAILED, "too late")
    assert list(post.data.notices) == ["n"]  # and no mail instead


async def test_a_message_that_is_refused_does_not_end_the_chat(post: Post) -> None:
    post.push.script = [Answer(Verdict.REFUSED, "Bad Request: can't parse entities")]
    await post.queue()

    await post.courier.deliver_once()

    assert post.data.chats_gone == {}
    assert post.stored().state is Fate.FAILED


async def test_one_notice_that_cannot_be_drawn_does_not_hold_back_the_others(post: Post) -> None:
    post.push.script = [RuntimeError("a defect of ours")]
    await post.queue("broken")
    await post.queue("fine")

    await post.courier.deliver_once()

    assert post.stored("broken").state is Fate.PENDING
    assert post.stored("fine").state is Fate.SENT


async def test_a_crash_between_sending_and_noting_costs_one_copy(post: Post) -> None:
    await post.queue()
    now = post.time.now()
    await post.town.outbox.write(
        lambda tx: tx.claim(now, limit=1, lease_until=now + timedelta(minutes=5))
    )
    post.courier = post.restarted()

    while_leased = await post.later(minutes=4)
    after = await post.later(minutes=1)

    assert (while_leased, after) == (False, True)
    assert post.stored().state is Fate.SENT


async def test_the_loop_is_woken_by_a_hint_and_ends_after_what_it_has_in_hand(post: Post) -> None:
    sending, go = asyncio.Event(), asyncio.Event()
    send = post.push.send

    async def slowly(chat: int, text: str, rows: object = ()) -> Answer:
        sending.set()
        await go.wait()
        return await send(chat, text, rows)

    post.push.send = slowly
    post.courier.start()
    await post.queue()
    post.courier.wake()
    await sending.wait()

    stopping = post.background.spawn(post.courier.stop(), "stopping")
    await asyncio.sleep(0)
    go.set()
    await stopping

    assert post.stored().state is Fate.SENT
    assert post.background.names == ()


async def test_mail_leaves_while_telegram_wants_silence(post: Post) -> None:
    guardian, silence = post.data.guardians[GuardianId(1)], Answer(Verdict.HELD, "429", 3600)
    object.__setattr__(guardian, "emails", ("a@example.org",))
    post.push.script = [silence, silence]
    post.connect(CHAT + 1)
    await post.queue("told")
    await post.courier.deliver_once()
    await post.queue("later")
    await post.queue("mailed", channel=Channel.MAIL)
    left, send = asyncio.Event(), post.mails.send

    async def noticed(to: str, mail: Mail, key: str) -> Answer:
        left.set()
        return await send(to, mail, key)

    post.mails.send = noticed
    post.courier.start()
    async with asyncio.timeout(30):  # an end to the test, should it never leave
        await left.wait()
    await post.courier.stop()

    assert post.stored("mailed").state is Fate.SENT
    assert [chat for chat, _ in post.push.sent] == [CHAT, CHAT + 1]  # and nothing since
    over = post.time.start + timedelta(hours=1)
    assert all(post.stored(key).due >= over for key in ("told", "later"))


class Away:
    """An outbox whose database cannot be asked when something is due next, some times."""

    def __init__(self, outbox: Transaction[Outbox], times: int) -> None:
        self._outbox, self.times, self.back = outbox, times, asyncio.Event()

    async def write(self, work: Callable[[Outbox], Result]) -> Result:
        return await self._outbox.write(work)

    async def read(self, work: Callable[[Outbox], Result]) -> Result:
        if self.times:
            self.times -= 1
            raise OSError("the database is away")
        self.back.set()
        return await self._outbox.read(work)


async def test_a_database_that_is_away_while_it_rests_does_not_end_the_loop(post: Post) -> None:
    away = Away(post.town.outbox, times=3)
    post.courier = post.restarted(away)

    post.courier.start()
    ends = (away.back, post.background.lost)
    waiting = [post.background.spawn(end.wait(), "end") for end in ends]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)

    assert post.time.slept == [AFTER_A_FAILURE] * 3
    assert not post.background.lost.is_set()
    await post.courier.stop()


async def test_mail_goes_to_each_address_on_its_own(post: Post) -> None:
    guardian = post.data.guardians[GuardianId(1)]
    object.__setattr__(guardian, "emails", ("a@example.org", "b@example.org"))
    post.mails.script = [Answer(Verdict.GONE, "SMTP 550"), DOWN]
    await post.queue(channel=Channel.MAIL)

    await post.courier.deliver_once()
    await post.later(minutes=1)

    assert [to for to, _ in post.mails.sent] == ["a@example.org", "b@example.org", "b@example.org"]
    assert post.stored().state is Fate.SENT
