"""Structured logs through the standard library, with nothing in them that must not be read.

Our own lines hold codes and numbers. What libraries write, and what exceptions say, may quote a
parent: addresses, tokens and everything between quotes are taken out.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from types import TracebackType
from typing import Any, TextIO

import structlog

HIDDEN = "…"
TOKEN = re.compile(r"\d{4,}:[A-Za-z0-9_-]{10,}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
QUOTED = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
BULKY = frozenset({"ValidationError", "ClientDecodeError", "StatementError", "DBAPIError"})
"""Exceptions that hold what was sent or stored whole: only their type is told."""

QUIET = {
    "httpx": logging.WARNING,  # writes every URL, and the token is in it
    "httpcore": logging.WARNING,
    "aiogram": logging.WARNING,
    "aiogram.event": logging.CRITICAL,  # a failed update is logged once, by the lanes
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "aiosmtplib": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "mail.log": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.ext.AIORateLimiter": logging.CRITICAL,  # the courier says it better
    "telegram.request.BaseRequest": logging.CRITICAL,  # quotes whole answers
}

Event = MutableMapping[str, Any]


class Redactor:
    """A structlog processor, the last but the renderer: every text passes through it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = tuple(sorted({s for s in secrets if len(s) > 3}, key=len, reverse=True))

    def __call__(self, logger: Any, name: str, event: Event) -> Event:
        foreign = "_record" in event and not event.get("_from_structlog", False)
        for key, value in event.items():
            if not key.startswith("_"):
                event[key] = self._clean(value)
        if foreign:
            event["event"] = QUOTED.sub(HIDDEN, str(event["event"]))
        return event

    def text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return EMAIL.sub(HIDDEN, TOKEN.sub(HIDDEN, text))

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self._clean(key): self._clean(item) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self._clean(item) for item in value]
        return value if isinstance(value, (int, float, bool)) else self.text(str(value))


def tell(error: BaseException) -> str:
    """Where it broke and how, without what it broke on: frames, types, messages unquoted."""
    return "\n".join(_tell(error, set()))


def configure(
    format_: str = "json",
    level: str = "INFO",
    secrets: Sequence[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Once a process. ``format_`` is json or console."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exceptions,
    ]
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if format_ == "console":
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    redactor = Redactor(secrets)
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[redactor, remove_meta, renderer],
        )
    )
    _install(handler, level)


def _install(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    for old in root.handlers[:]:
        if getattr(old, "of_cartable", False):
            root.removeHandler(old)
    handler.of_cartable = True  # type: ignore[attr-defined]
    root.addHandler(handler)
    root.setLevel(level)
    for name, threshold in QUIET.items():
        logging.getLogger(name).setLevel(threshold)
    logging.captureWarnings(capture=True)


def _exceptions(logger: Any, name: str, event: Event) -> Event:
    found = event.pop("exc_info", None)
    if isinstance(found, tuple):
        found = found[1]
    elif found and not isinstance(found, BaseException):
        found = sys.exc_info()[1]
    if isinstance(found, BaseException):
        event["exception"] = tell(found)
    return event


def _tell(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _tell(before, seen)
        yield "then"
    yield from _frames(error.__traceback__)
    kind = type(error)
    bulky = any(base.__name__ in BULKY for base in kind.__mro__)
    yield kind.__name__ if bulky else f"{kind.__name__}: {QUOTED.sub(HIDDEN, str(error))}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _tell(inner, seen)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace, limit=-12):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
