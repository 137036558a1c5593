"""The two who deliver, put together: personal notices (N), and announcements to many (S2)."""

from bot.background import Background
from bot.courier.announcer import Announcer
from bot.courier.broadcast_bot import BroadcastBot
from bot.courier.courier import Courier
from bot.courier.delivery import Delivery
from bot.courier.leaving import Leaving
from bot.courier.pacing import Pace
from bot.courier.render import NoticeWords
from bot.courier.telegram import PushBot
from bot.courier.watching import Watching
from bot.courier.yielding import Behind
from bot.links import BotLinks
from bot.mail import MailServer, SmtpMailer
from bot.settings import Settings
from bot.town.parts import Town
from bot.watch.pulse import Part
from bot.watch.watch import Watch
from domain.announcements.composed import Composed
from domain.announcements.model import AnnouncementId
from domain.clock import Clock
from handlers.show import Wire


def courier(
    settings: Settings,
    town: Town,
    links: BotLinks,
    push: PushBot,
    pace: Pace,
    watch: Watch,
    background: Background,
) -> Courier:
    async def announced(announcement: AnnouncementId) -> Composed | None:
        return await town.announcements.read(lambda tx: tx.find(announcement))

    deliver = Delivery(
        outbox=town.outbox,
        push=push,
        mailer=_mailer(settings, town.clock),
        render=NoticeWords(town.catalogues, town.texts, links, town.print_paper, announced),
        pace=pace,
        clock=town.clock,
        ended=watch.instruments.notice,
    )
    beat = watch.pulse.of(Part.COURIER)
    return Courier(town.outbox, deliver, town.clock, background, beat=beat)


def announcer(
    town: Town, wire: Wire, push: PushBot, pace: Pace, background: Background
) -> Announcer:
    """``pace``: the one of personal notices, which go first. ``push``: in a pool of its own."""
    sending = town.broadcasts
    leave = Leaving(sending, BroadcastBot(push), Behind(pace), town.texts, town.clock)
    watching = Watching(sending, wire, town.texts, town.catalogues)
    return Announcer(sending, leave, watching, town.clock, background)


def _mailer(settings: Settings, clock: Clock) -> SmtpMailer | None:
    if settings.smtp_host is None:
        return None
    password = settings.smtp_password
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password.get_secret_value() if password else None,
    )
    return SmtpMailer(server, settings.mail_from, clock)
