"""O1: the demo, as a newcomer starts it."""

import asyncio
import os
import re
import signal
import sys
from datetime import datetime
from pathlib import Path

from aiohttp import ClientSession

from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from bot.sample.people import people
from domain.alerts.model import Alert, AlertKind
from domain.calendar.model import PARIS
from domain.staff.model import Role
from domain.staff.office import InviteStaff
from tests.driver import Parent

NOW = datetime(2026, 11, 23, 10, tzinfo=PARIS)
AGNES = 700_000_012
ROOT = Path(__file__).parents[2]


async def test_a_parent_logs_in_jumps_to_tonight_and_the_reports_are_there(tmp_path: Path) -> None:
    person = people()[0]

    async with Demo(tmp_path) as demo:
        parent = Parent(demo.url, person.id)
        await parent.start()
        await parent.press("connect")
        await parent.say(person.identifier)
        await parent.say(person.password)
        screen = await parent.screen()
        async with ClientSession() as page:
            await page.post(f"{demo.url}/sim/clock", json={"jump": "tonight"})
        mails = list(demo.playground.mailbox.mails)

    assert person.last_name in screen.text
    assert mails


async def test_the_town_is_kept_when_asked_and_new_otherwise(tmp_path: Path) -> None:
    async with Demo(tmp_path):
        pass
    first = (tmp_path / "cartable.key").read_text()
    async with Demo(tmp_path, keep=True):
        pass
    kept = (tmp_path / "cartable.key").read_text()
    async with Demo(tmp_path):
        pass
    anew = (tmp_path / "cartable.key").read_text()

    assert first == kept != anew


async def test_where_the_clock_stands_still_the_demo_is_up_when_the_start_has_told_all(
    tmp_path: Path,
) -> None:
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as demo:
        town, agnes = demo.application.town, Parent(demo.url, AGNES)
        invited = await InviteStaff(town.staff, town.clock)("Agnès", Role.MANAGER, (1,))
        await agnes.start(invited.token)
        alert = Alert("odd", AlertKind.TRANSMISSION_WAITING, NOW, 1, {"number": 3})
        await town.alerts.write(lambda tx: tx.alert(alert))

        await demo.restart_bot()
        told = await agnes.screen()

    assert "1 chose à voir" in told.text


async def test_the_command_prints_one_address_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BOT_TOKEN": "not a token at all"}
    program = "from bot.cli import main; main()"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error",
        "-c",
        program,
        "demo",
        "--port",
        "0",
        cwd=tmp_path,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        seen = ""
        while not (found := re.search(r"http://\S+", seen)):
            line = await process.stdout.readline()
            assert line, (await process.stderr.read()).decode()
            seen += line.decode()
        async with ClientSession() as browser, browser.get(found[0]) as page:
            html = await page.text()
        process.send_signal(signal.SIGINT)
        rest, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

    assert "<html" in html
    assert (process.returncode, errors.decode()) == (0, "")
    assert len(re.findall(r"http://\S+", seen + rest.decode())) == 1
