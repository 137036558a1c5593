"""The guide's own example, replayed from the first tap to the mail (X2, N2)."""

from conversations.notices.views import mail
from domain.calendar.model import PARIS
from domain.notices.model import Channel, Kind
from tests.fakes.town import FakeTown
from tests.guide import BY_MAIL, REPORT
from tests.guide_story import BEGINS, guide_town, replay
from tests.plain_spaces import load_plain
from tests.unit.bookings.conftest import World


async def test_the_report_of_the_guide_comes_out_word_for_word():
    world = World(FakeTown(guide_town()), now=BEGINS)

    await replay(world)

    assert await newest_mail(world) == REPORT + BY_MAIL


async def newest_mail(world: World) -> str:
    lease = world.now.replace(year=2018)
    due = await world.town.outbox.write(
        lambda tx: tx.claim(world.now, limit=50, lease_until=lease)
    )
    reports = [
        one
        for one in due
        if one.notice.kind is Kind.NIGHTLY_REPORT and one.notice.channel is Channel.MAIL
    ]
    assert len(reports) == 2
    newest = max(reports, key=lambda one: one.notice.at)
    texts = load_plain()("fr", PARIS)
    return mail(newest, world.town.data.catalogue, texts).text
