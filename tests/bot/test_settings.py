from datetime import time
from pathlib import Path

import pytest

from bot.settings import PREFIX, BadSettings, Settings, load, only

EXAMPLE = Path(__file__).parents[2] / ".env.example"
TOKEN = "123456:AAE-not-a-real-token_0123456789abcdef"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        for variable in (name.upper(), PREFIX + name.upper()):
            monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_is_needed_to_begin() -> None:
    settings = load()

    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///var/cartable.db"
    assert settings.night_at == time(3, 15)


def test_the_token_and_the_database_are_read_by_their_usual_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", "postgresql://town@db/cartable")

    settings = load()

    assert settings.token == TOKEN
    assert settings.database_url.get_secret_value() == "postgresql://town@db/cartable"


def test_the_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nCARTABLE_NIGHT_AT=04:30\n")

    settings = load()

    assert (settings.token, settings.night_at) == (TOKEN, time(4, 30))


def test_a_missing_token_says_where_to_get_one() -> None:
    settings = load()

    with pytest.raises(BadSettings, match="BotFather"):
        _ = settings.token


def test_a_wrong_value_is_named_and_never_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "my secret without colon")
    monkeypatch.setenv("CARTABLE_SMTP_PORT", "0")

    with pytest.raises(BadSettings) as caught:
        load()

    assert "BOT_TOKEN cannot be used" in str(caught.value)
    assert "CARTABLE_SMTP_PORT cannot be used" in str(caught.value)
    assert "my secret" not in str(caught.value)


def test_the_hour_that_comes_twice_is_refused_for_the_night() -> None:
    with pytest.raises(BadSettings, match="comes twice"):
        only(night_at="02:30")


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(BadSettings, match="WEBHOOK_SECRET"):
        only(public_url="https://cartable.example.org")


def test_secrets_show_in_no_text() -> None:
    settings = only(
        bot_token=TOKEN, smtp_password="smtp-pass", database_url="postgresql://u:dbpass@h/d"
    )

    shown = f"{settings!r} {settings}"

    assert not [secret for secret in (TOKEN, "smtp-pass", "dbpass") if secret in shown]
    assert {TOKEN, "smtp-pass", "dbpass"} <= set(settings.secrets)


def test_the_example_explains_every_setting_and_no_other() -> None:
    lines = EXAMPLE.read_text().splitlines()

    named = {line.lstrip("# ").partition("=")[0] for line in lines if "=" in line}

    bare = {"bot_token", "database_url", "payment_provider_token"}
    assert named == {
        name.upper() if name in bare else (PREFIX + name).upper() for name in Settings.model_fields
    }


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text())

    assert load() == Settings(_env_file=None)


def test_the_demo_s_settings_are_deaf_to_the_operator_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "junk")
    monkeypatch.setenv("CARTABLE_LOG_LEVEL", "junk")
    monkeypatch.setenv("DATABASE_URL", "postgresql://the-real-one/cartable")

    settings = only(bot_token=TOKEN)

    assert settings.token == TOKEN
    assert "sqlite" in settings.database_url.get_secret_value()


def test_an_account_with_payfip_needs_an_address_and_a_mailbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CARTABLE_PAYFIP_NUMCLI", "090909")
    with pytest.raises(BadSettings, match="CARTABLE_PAYFIP_MAIL and CARTABLE_PAYMENTS_URL"):
        load()
    monkeypatch.setenv("CARTABLE_PAYFIP_MAIL", "regie@mairie.example")
    monkeypatch.setenv("CARTABLE_PAYMENTS_URL", "https://portail.mairie.example")

    settings = load()

    assert settings.payments_base == "https://portail.mairie.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NUMCLI", "12345"),
        ("NUMCLI", "12345x"),
        ("SAISIE", "M"),
        ("MAIL", "nobody"),
        ("EXERCICE", "26"),
    ],
)
def test_what_payfip_would_refuse_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CARTABLE_PAYFIP_{name}", value)

    with pytest.raises(BadSettings, match=f"CARTABLE_PAYFIP_{name}"):
        load()
