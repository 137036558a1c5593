"""Commands, names, descriptions and the menu button."""

import re
from functools import partial

from bot.playground.methods.call import Call, Method
from bot.playground.model import Json
from bot.playground.profile import scope_of
from bot.playground.refusals import bad_request

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
TEXTS = {"name": 64, "description": 512, "short_description": 120}


async def set_my_commands(call: Call) -> bool:
    commands = [{**command} for command in call.raw("commands")]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        command["command"] = str(command["command"]).removeprefix("/").lower()
        if not COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= LONGEST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.profile.commands[_place(call)] = commands
    call.world.hub.publish("commands", None)
    return True


async def get_my_commands(call: Call) -> list[Json]:
    return call.world.profile.commands.get(_place(call), [])


async def delete_my_commands(call: Call) -> bool:
    call.world.profile.commands.pop(_place(call), None)
    call.world.hub.publish("commands", None)
    return True


async def set_chat_menu_button(call: Call) -> bool:
    call.world.profile.menus[call.get("chat_id")] = call.raw("menu_button") or {"type": "default"}
    return True


async def get_chat_menu_button(call: Call) -> Json:
    return call.world.profile.menu(call.get("chat_id"))


async def _set_text(name: str, call: Call) -> bool:
    text = call.get(name) or ""
    if len(text) > TEXTS[name]:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    call.world.profile.texts[name, call.get("language_code") or ""] = text
    return True


async def _get_text(name: str, call: Call) -> Json:
    profile = call.world.profile
    text = profile.text(name, call.get("language_code") or "") or profile.text(name, "")
    if name == "name" and not text:
        text = call.world.bot.first_name
    return {name: text}


def _place(call: Call) -> tuple[tuple[str, int | None], str]:
    return scope_of(call.raw("scope")), call.get("language_code") or ""


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyName": partial(_set_text, "name"),
    "getMyName": partial(_get_text, "name"),
    "setMyDescription": partial(_set_text, "description"),
    "getMyDescription": partial(_get_text, "description"),
    "setMyShortDescription": partial(_set_text, "short_description"),
    "getMyShortDescription": partial(_get_text, "short_description"),
}
