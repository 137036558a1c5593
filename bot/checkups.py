"""What `cartable doctor` looks at: each check answers what it saw, or raises Trouble."""

import os
import stat
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiosmtplib
from aiogram.exceptions import AiogramError, TelegramNetworkError, TelegramUnauthorizedError
from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy.exc import SQLAlchemyError

from bot.keys import keyring_of
from bot.migrated import TOO_NEW, sqlite_file
from bot.payfip.building import payfip_client
from bot.payfip.client import Refused
from bot.payfip.gateway import NOTIFY
from bot.settings import Settings
from bot.wire.http import BotApi
from domain.clock import Clock
from domain.money.model import Imbalance
from domain.payments.errors import ProviderAway
from storage import migrate
from storage.crypto import KeyringError
from storage.engine import opened
from storage.exchange.drop import IN, REJECTED, TAKEN, FolderDrop
from storage.keycheck import prove_keyring
from storage.money import SqlMoney

TOLERATED = timedelta(seconds=30)
SECONDS = 10
UPGRADE = "Run `cartable db upgrade`."


class Trouble(Exception):
    """``seen`` and what to do about it."""

    def __init__(self, seen: str, advice: str) -> None:
        super().__init__(seen)
        self.seen, self.advice = seen, advice


async def telegram(settings: Settings) -> str:
    api = BotApi(settings.token, settings.api_url, seconds=SECONDS)
    try:
        me = await api.call("getMe", {})
    except TelegramUnauthorizedError:
        raise Trouble(
            "the token is refused", "Copy BOT_TOKEN again from @BotFather (/mybots, API Token)."
        ) from None
    except TelegramNetworkError as error:
        raise Trouble(
            f"{settings.api_url} cannot be reached ({error.message})",
            "Check the network, and that outgoing HTTPS to it is allowed.",
        ) from None
    except AiogramError as error:
        raise Trouble(
            f"no usable answer ({type(error).__name__})", "Try again; check CARTABLE_API_URL."
        ) from None
    finally:
        await api.close()
    return f"@{me['username']}"


async def clock(settings: Settings, ours: Clock) -> str:
    """Deadlines are told to the minute: a clock that is wrong refuses parents who are in time."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
            session.head(settings.api_url) as response,
        ):
            said = response.headers.get("Date")
    except (ClientError, TimeoutError):
        said = None
    if said is None:
        return f"{ours():%Y-%m-%d %H:%M} UTC (not compared: no answer)"
    apart = abs(ours() - parsedate_to_datetime(said).astimezone(UTC))
    if apart > TOLERATED:
        raise Trouble(
            f"{apart.total_seconds():.0f} s away from Telegram's",
            "Let the machine set its clock by NTP: deadlines are told to the minute.",
        )
    return "as Telegram's"


async def time_zones() -> str:
    try:
        summer = datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Paris"))
    except ZoneInfoNotFoundError:
        raise Trouble("Europe/Paris is unknown", "Install the package tzdata.") from None
    if summer.utcoffset() != timedelta(hours=2):
        raise Trouble("Europe/Paris has no summer time", "Update the package tzdata.")
    return "Europe/Paris is known"


async def keys(settings: Settings) -> str:
    if settings.key is not None:
        keyring_of(settings)
        return "from the environment"
    path = settings.key_file
    if not path.exists():
        raise Trouble(
            f"{path} is missing",
            "Restore it from its copy; for a new installation `cartable db upgrade` makes it.",
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise Trouble(f"{path} can be read by others ({mode:o})", f"chmod 600 {path}")
    keyring_of(settings)
    return f"{path}, readable by its owner alone; keep a copy elsewhere"


async def database(settings: Settings) -> str:
    try:
        if (file := sqlite_file(settings)) and not file.exists():
            raise Trouble(f"{file} does not exist yet", UPGRADE)
        await _check_schema(settings)
        if settings.key is None and not settings.key_file.exists():
            return "up to date (its content was not looked at: no keys)"
        wrong = await _open(settings)
    except KeyringError as error:
        raise Trouble(str(error), "Restore the key file that belongs to this database.") from None
    except RuntimeError as error:
        raise Trouble(
            str(error),
            "SQLite needs a disk of this machine, not a network's; PostgreSQL a role without "
            "default_transaction_isolation.",
        ) from None
    except (SQLAlchemyError, OSError, ValueError) as error:
        raise Trouble(
            f"cannot be used ({type(error).__name__})",
            "Check DATABASE_URL, and that the server runs and lets this user in.",
        ) from None
    if wrong:
        wallets = ", ".join(str(one.wallet_id) for one in wrong[:5])
        raise Trouble(
            f"{len(wrong)} wallets do not hold the sum of their entries ({wallets})",
            "Somebody wrote to them by hand: set each balance to that sum, and find out who.",
        )
    return "up to date, isolated as needed, sealed with these keys, and its wallets add up"


async def _check_schema(settings: Settings) -> None:
    found = await migrate.current(settings.database_url.get_secret_value())
    if found and found not in migrate.revisions():
        raise Trouble(f"the schema is {found}, of a newer Cartable", TOO_NEW.format(found))
    if found != (newest := migrate.newest()):
        raise Trouble(f"the schema is {found or 'empty'}, not {newest}", UPGRADE)


async def _open(settings: Settings) -> Sequence[Imbalance]:
    url = settings.database_url.get_secret_value()
    async with opened(url, keyring_of(settings)) as opened_database:
        await prove_keyring(opened_database)
        return await opened_database.read(lambda connection: SqlMoney(connection).imbalances())


async def mail(settings: Settings) -> str:
    if settings.smtp_host is None:
        return "none set: only Telegram is used (CARTABLE_SMTP_HOST)"
    password = settings.smtp_password
    server = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        async with aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            username=settings.smtp_user,
            password=password.get_secret_value() if password else None,
            timeout=SECONDS,
        ) as smtp:
            await smtp.noop()
    except aiosmtplib.SMTPAuthenticationError:
        raise Trouble(
            f"{server} refuses the login", "Check CARTABLE_SMTP_USER and CARTABLE_SMTP_PASSWORD."
        ) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Trouble(
            f"{server} cannot be used ({type(error).__name__})",
            "Check CARTABLE_SMTP_HOST, _PORT and _SECURITY (587 starttls, 465 tls).",
        ) from None
    return f"{server} lets us in"


async def payfip(settings: Settings) -> str:
    client = payfip_client(settings)
    if client is None:
        return "none set: nobody pays by PayFiP (CARTABLE_PAYFIP_NUMCLI)"
    modes = {"T": "tests only", "X": "activation", "W": "production"}
    try:
        name = await client.name()
    except Refused as refused:
        raise Trouble(
            f"PayFiP refuses this client number ({refused.code})",
            "Check CARTABLE_PAYFIP_NUMCLI and CARTABLE_PAYFIP_SAISIE with the Trésor public.",
        ) from None
    except ProviderAway:
        raise Trouble(
            f"{settings.payfip_url} cannot be used",
            "Try again; check CARTABLE_PAYFIP_URL, and that outgoing HTTPS to it is allowed.",
        ) from None
    finally:
        await client.close()
    base = settings.payments_base or ""
    if settings.payfip_saisie == "W" and not base.startswith("https://"):
        raise Trouble(
            "notifications would come without https",
            "Set CARTABLE_PAYMENTS_URL to an https address.",
        )
    return f"{name} ({modes[settings.payfip_saisie]}); it tells us at {base}{NOTIFY}"


async def exchange(settings: Settings) -> str:
    """Where nights are put, and where answers come and are set aside."""
    folder = settings.exchange_dir
    for place in (folder, folder / IN, folder / IN / TAKEN, folder / IN / REJECTED):
        try:
            place.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            raise Trouble(
                f"{place} cannot be written ({error.strerror or type(error).__name__})",
                "Make it writable for this user, or set CARTABLE_EXCHANGE_DIR.",
            ) from None
    closed = [name for name in FolderDrop(folder).arrivals() if not _is_ours(folder / IN / name)]
    if closed:
        raise Trouble(
            f"{folder / IN} holds {len(closed)} files that cannot be read",
            "Let whoever writes them give this user (or a common group) the right to read.",
        )
    return f"{folder} can be written"


def _is_ours(path: Path) -> bool:
    return os.access(path, os.R_OK)
