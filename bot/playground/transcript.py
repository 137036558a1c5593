"""A chat as plain text, without dates or numbers, for golden files."""

from bot.playground.keyboards import labels
from bot.playground.model import Chat, Message
from bot.playground.richtext import plain, words

INDENT = "    "


def transcript(chat: Chat) -> str:
    """Each message as it stands now; deleted ones leave their mark."""
    blocks = [_block(message) for message in chat.messages.values()]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(message: Message) -> str:
    who = "Bot" if message.by_bot else str(message.sender["first_name"])
    if message.deleted:
        return f"{who}: (effacé)"
    marks = " (modifié)" if message.edit_date is not None else ""
    first, *rest = _content(message).splitlines() or [""]
    lines = [f"{who}{marks}: {first}".rstrip(), *(f"{INDENT}{line}".rstrip() for line in rest)]
    return "\n".join([*lines, *(INDENT + row for row in _buttons(message))])


def _content(message: Message) -> str:
    body = message.body
    match message.kind:
        case "document":
            return _with_text(f"(document) {body['document']['file_name']}", message.text)
        case "photo":
            return _with_text("(photo)", message.text)
        case "invoice":
            invoice = body["invoice"]
            amount = f"{invoice['total_amount'] / 100:.2f} {invoice['currency']}"
            paid = " (payée)" if message.paid else ""
            return f"(facture) {invoice['title']}: {amount}{paid}\n{invoice['description']}"
        case "rich":
            return words(message.rich or {})
        case "service":
            return "(paiement effectué)"
        case "sticker":
            return "(autocollant)"
        case "contact":
            return f"(contact) {body['contact']['phone_number']}"
    return message.text


def _with_text(label: str, text: str) -> str:
    return f"{label}\n{text}" if text else label


def _buttons(message: Message) -> list[str]:
    rows = labels(message.inline or [])
    keyboard = (message.reply_keyboard or {}).get("keyboard", [])
    rows += [[_label(button) for button in row] for row in keyboard]
    return [" ".join(f"[{label}]" for label in row) for row in rows]


def _label(button: object) -> str:
    return button if isinstance(button, str) else plain(button)
