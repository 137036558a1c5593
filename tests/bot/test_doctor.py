"""O3: each trouble is told with what to do about it."""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from bot.clock import utc_now
from bot.doctor import Finding, examine
from bot.migrated import migrated
from bot.playground.payfip.routes import SERVICE_PATH
from bot.playground.server import Playground
from bot.settings import BadSettings, Settings, only
from storage.crypto import Keyring
from storage.schema import wallet
from storage.town import TownWriter

Made = Callable[..., Settings]


@pytest.fixture
def made(tmp_path: Path, playground: Playground) -> Made:
    def make(**changed: object) -> Settings:
        given = {
            "bot_token": playground.token,
            "api_url": playground.url,
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/cartable.db",
            "key_file": tmp_path / "cartable.key",
            "exchange_dir": tmp_path / "exchange",
            "smtp_host": "127.0.0.1",
            "smtp_port": playground.smtp_port,
            "smtp_security": "none",
        }
        return only(**{**given, **changed})

    return make


async def found(settings: Settings, subject: str) -> Finding:
    findings = await examine(settings, utc_now)
    return next(finding for finding in findings if finding.subject == subject)


async def test_a_healthy_installation_has_nothing_to_do(made: Made) -> None:
    settings = made()
    async with migrated(settings):
        pass

    findings = await examine(settings, utc_now)

    assert [finding for finding in findings if not finding.well] == []
    assert len(findings) == 13


async def test_before_the_first_run_it_says_how_to_begin(made: Made) -> None:
    findings = await examine(made(), utc_now)

    advice = {finding.subject: finding.advice for finding in findings if not finding.well}
    assert set(advice) == {"Keys", "Database"}
    assert all("cartable db upgrade" in said for said in advice.values())


async def test_a_missing_token_sends_to_botfather(made: Made) -> None:
    finding = await found(made(bot_token=None), "Telegram")

    assert "BotFather" in finding.advice


async def test_a_refused_token_is_told_from_no_network(made: Made) -> None:
    refused = await found(made(bot_token="99:wrong-token-of-a-stranger"), "Telegram")
    unreachable = await found(made(api_url="http://127.0.0.1:1"), "Telegram")

    assert refused.seen == "the token is refused"
    assert "cannot be reached" in unreachable.seen


async def test_a_key_file_that_others_can_read_is_named(made: Made) -> None:
    settings = made()
    Keyring.create(settings.key_file)
    os.chmod(settings.key_file, 0o644)  # noqa: PTH101 - no pathlib call in an async function

    finding = await found(settings, "Keys")

    assert finding.advice == f"chmod 600 {settings.key_file}"


async def test_another_key_than_the_database_s_is_noticed(made: Made, tmp_path: Path) -> None:
    async with migrated(made()):
        pass
    Keyring.create(tmp_path / "other.key")

    finding = await found(made(key_file=tmp_path / "other.key"), "Database")

    assert "Restore the key file" in finding.advice


async def test_a_newer_version_s_database_is_left_alone(made: Made) -> None:
    settings = made()
    async with migrated(settings) as database:
        await database.write(
            lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        )

    finding = await found(settings, "Database")
    with pytest.raises(BadSettings, match="newer Cartable"):
        async with migrated(settings):
            pass

    assert "Install that version" in finding.advice


async def test_a_wallet_that_was_written_to_by_hand_is_named(made: Made) -> None:
    settings = made()
    async with migrated(settings) as database:

        def spoil(connection: Connection) -> int:
            writer = TownWriter(connection)
            town = writer.structure(name="Mairie", welcome="", updated_at=utc_now())
            key = writer.wallet(writer.family(), town, "Périscolaire", Decimal("5.00"))
            connection.execute(update(wallet).values(balance=Decimal("6.00")))
            return key

        key = await database.write(spoil)

    finding = await found(settings, "Database")

    assert finding.seen == f"1 wallets do not hold the sum of their entries ({key})"
    assert "set each balance to that sum" in finding.advice


async def test_a_mail_server_that_is_not_there_is_told(made: Made) -> None:
    finding = await found(made(smtp_port=1), "Mail")

    assert "cannot be used" in finding.seen


async def test_payfip_says_who_we_are_there(made: Made, playground: Playground) -> None:
    url = playground.url + SERVICE_PATH
    account = {"payfip_numcli": "090909", "payfip_mail": "regie@mairie.example"}
    settings = made(**account, payfip_url=url, payments_url="http://127.0.0.1:8081")

    found_well = await found(settings, "PayFiP")
    no_service = await found(
        made(**account, payfip_url="http://127.0.0.1:1", payments_url="http://x"), "PayFiP"
    )
    in_the_clear = await found(
        made(**account, payfip_url=url, payments_url="http://x", payfip_saisie="W"), "PayFiP"
    )

    assert found_well.well
    assert "Portail famille (simulation) (tests only)" in found_well.seen
    assert "CARTABLE_PAYFIP_URL" in no_service.advice
    assert "https" in in_the_clear.advice


async def test_a_folder_that_cannot_be_written_is_told(made: Made, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    finding = await found(made(exchange_dir=tmp_path / "file"), "Exchange folder")

    assert "CARTABLE_EXCHANGE_DIR" in finding.advice


async def test_a_clock_that_is_wrong_is_told(made: Made) -> None:
    findings = await examine(made(), lambda: utc_now() + timedelta(minutes=10))

    clock = next(finding for finding in findings if finding.subject == "Clock")
    assert "NTP" in clock.advice


async def test_a_check_that_breaks_is_told_and_the_others_are_made(made: Made) -> None:
    """A key file that may not even be looked for."""
    settings = made(key_file=Path("k" * 300))

    findings = {finding.subject: finding for finding in await examine(settings, utc_now)}

    assert not findings["Keys"].well
    assert "OSError" in findings["Keys"].seen
    assert len(findings) == 13


@pytest.mark.parametrize("box", ["in", "in/taken", "in/rejected"])
async def test_a_box_of_answers_that_cannot_be_written_is_told(
    made: Made, tmp_path: Path, box: str
) -> None:
    """Answers would not be set aside, and nobody would be told why they wait."""
    (tmp_path / "exchange" / box).parent.mkdir(parents=True)
    (tmp_path / "exchange" / box).write_text("a file")

    finding = await found(made(), "Exchange folder")

    assert not finding.well
    assert str(tmp_path / "exchange" / box) in finding.seen
