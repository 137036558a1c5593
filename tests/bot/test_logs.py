"""The canary: nothing that must not be read is ever in a line, whoever wrote it."""

import io
import json
import logging

import httpx
import pytest
import structlog
from aiogram.exceptions import TelegramNetworkError
from aiogram.types import Update
from pydantic import ValidationError

from bot import logs
from bot.wire.http import BotApi

TOKEN = "123456789:AAE-canary_canary_canary_canary_can"
SMTP_PASSWORD = "hunter2-canary"
CANARIES = (TOKEN, SMTP_PASSWORD, "zoe.martin@example.org", "MARTIN", "Zoé")


@pytest.fixture
def lines() -> io.StringIO:
    stream = io.StringIO()
    logs.configure("json", "DEBUG", secrets=[TOKEN, SMTP_PASSWORD], stream=stream)
    return stream


def silent(lines: io.StringIO) -> bool:
    return not [canary for canary in CANARIES if canary in lines.getvalue()]


def test_a_line_is_json_with_its_context(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(update_id=7):
        structlog.get_logger("bot.test").info("night_done", night="2026-11-23")

    line = json.loads(lines.getvalue())
    assert (line["event"], line["night"], line["update_id"]) == ("night_done", "2026-11-23", 7)
    assert line["level"] == "info"


def test_secrets_and_addresses_are_hidden_in_values(lines: io.StringIO) -> None:
    structlog.get_logger("bot.test").info(
        "sent", to=["zoe.martin@example.org"], url=f"https://x/bot{TOKEN}/getMe", why=SMTP_PASSWORD
    )

    assert silent(lines)
    assert "sent" in lines.getvalue()


def test_a_token_that_nobody_declared_is_hidden_too(lines: io.StringIO) -> None:
    structlog.get_logger("bot.test").info(
        "x", url="/bot987654321:AAFanother-token_0123456789012345/x"
    )

    assert "AAFanother" not in lines.getvalue()


def test_what_libraries_quote_is_hidden(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("Cannot read %r", {"first_name": "Zoé"})

    assert silent(lines)
    assert "Cannot read" in lines.getvalue()


def test_httpx_does_not_write_addresses(lines: io.StringIO) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(404))

    with httpx.Client(transport=transport) as client:
        client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")

    assert "api.telegram.org" not in lines.getvalue()


def test_an_exception_tells_its_place_and_not_what_it_broke_on(lines: io.StringIO) -> None:
    try:
        int("Zoé MARTIN")
    except ValueError:
        structlog.get_logger("bot.test").exception("failed")

    assert silent(lines)
    assert "ValueError: invalid literal" in lines.getvalue()
    assert "test_logs.py" in lines.getvalue()


def test_an_update_that_aiogram_refuses_is_not_quoted(lines: io.StringIO) -> None:
    person = {"id": "x", "first_name": "Zoé", "last_name": "MARTIN"}
    with pytest.raises(ValidationError) as caught:
        Update.model_validate({"update_id": 1, "message": {"from": person, "text": "MARTIN"}})

    logging.getLogger("aiogram.dispatcher").error("failed", exc_info=caught.value)

    assert silent(lines)
    assert "ValidationError" in lines.getvalue()


async def test_an_unreachable_bot_api_does_not_tell_the_token(lines: io.StringIO) -> None:
    api = BotApi(TOKEN, "http://127.0.0.1:1")
    try:
        await api.call("sendMessage", {"chat_id": 1, "text": "Zoé"})
    except TelegramNetworkError:
        structlog.get_logger("bot.test").exception("failed")
    finally:
        await api.close()

    assert silent(lines)
    assert "TelegramNetworkError" in lines.getvalue()


def test_causes_and_groups_are_told_as_carefully(lines: io.StringIO) -> None:
    group = ExceptionGroup("several", [RuntimeError("'MARTIN' is gone")])
    group.__cause__ = KeyError("Zoé")

    structlog.get_logger("bot.test").error("failed", exc_info=group)

    assert silent(lines)
    assert "KeyError" in lines.getvalue()
    assert "RuntimeError" in lines.getvalue()


def test_the_console_hides_as_much(lines: io.StringIO) -> None:
    logs.configure("console", "INFO", secrets=[TOKEN], stream=lines)

    error = ValueError(f"no '{TOKEN}'")
    structlog.get_logger("bot.test").error("failed", to="zoe.martin@example.org", exc_info=error)

    assert silent(lines)
    assert "ValueError" in lines.getvalue()
