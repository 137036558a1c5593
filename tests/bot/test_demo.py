"""O1: the demo, as a newcomer starts it."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

from aiohttp import ClientSession

from bot.demo import Demo
from bot.sample.people import people
from tests.driver import Parent

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
