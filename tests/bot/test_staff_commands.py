"""`cartable staff`: invited, listed, given a role, disabled (S1)."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.staff import NOBODY, UNKNOWN
from domain.staff.invitations import PAYLOAD
from tests.bot.test_request_commands import elsewhere as elsewhere  # noqa: PLC0414 - for there
from tests.bot.test_request_commands import there as there  # noqa: PLC0414 - a town of one


def cartable(*words: str) -> Result:
    return CliRunner().invoke(app, ["staff", *words])


INVITE = ("invite", "Agnès Martin", "--role", "manager", "--bot-name", "essai_bot")


@pytest.fixture
def town(there: Path) -> Path:
    return there


def test_an_invitation_is_a_link_and_its_code(town: Path) -> None:
    made = cartable(*INVITE)

    (token,) = re.findall(r"https://t\.me/essai_bot\?start=(\S+)", made.output)
    assert PAYLOAD.fullmatch(token)
    assert "▄" in made.output or "█" in made.output


def test_agents_are_listed_with_what_they_may_do(town: Path) -> None:
    nobody = cartable("list")
    cartable(*INVITE)

    assert nobody.output == f"{NOBODY}\n"
    assert cartable("list").output == "1  Agnès Martin  manager  1  not connected\n"


def test_a_role_is_changed_and_an_access_ended(town: Path) -> None:
    cartable(*INVITE)
    changed = cartable("role", "1", "reader")
    listed = cartable("list").output

    disabled = cartable("disable", "1")

    assert (changed.output, disabled.exit_code) == ("Changed: reader.\n", 0)
    assert "reader" in listed
    assert "disabled" in cartable("list").output


def test_an_unknown_agent_or_structure_is_said(town: Path) -> None:
    for words in (("disable", "9"), ("role", "9", "agent"), (*INVITE, "--structure", "9")):
        result = cartable(*words)

        assert (result.exit_code, result.output) == (1, f"{UNKNOWN}\n")


def test_without_the_bots_name_no_invitation_is_made(town: Path) -> None:
    result = cartable("invite", "Agnès Martin")

    assert result.exit_code == 2
    assert cartable("list").output == f"{NOBODY}\n"
