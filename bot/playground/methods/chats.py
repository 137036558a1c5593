"""Who the bot is, and the chats it is in."""

from bot.playground.methods.call import Call
from bot.playground.model import Json
from bot.playground.refusals import bad_request


async def get_me(call: Call) -> Json:
    return {
        **call.world.bot.as_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_chat(call: Call) -> Json:
    return {
        **call.known_chat().form,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


async def leave_chat(call: Call) -> bool:
    chat = call.known_chat()
    if chat.form["type"] == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.left = True
    call.world.changed(chat)
    return True


async def close(call: Call) -> bool:
    return True


METHODS = {
    "getMe": get_me,
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "close": close,
    "logOut": close,
}
