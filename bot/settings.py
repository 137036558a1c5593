"""What the operator decides: the environment, then a `.env` file. Nothing else reads either."""

import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.payfip.settings import PayFipSettings

PREFIX = "CARTABLE_"


class BadSettings(Exception):
    """Says, one sentence a problem, what to change and where. Never quotes a value."""


def _bare(name: str) -> AliasChoices:
    """Names that hosts and other tools already use are read without our prefix too."""
    return AliasChoices(name, PREFIX + name)


class Settings(PayFipSettings):
    """Every name is explained in `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_by_name=True,
    )

    bot_token: SecretStr | None = Field(None, validation_alias=_bare("BOT_TOKEN"))
    api_url: str = "https://api.telegram.org"
    bot_name: str | None = Field(None, pattern=r"^[A-Za-z0-9_]{5,32}$")
    database_url: SecretStr = Field(
        SecretStr("sqlite+aiosqlite:///var/cartable.db"), validation_alias=_bare("DATABASE_URL")
    )
    key: SecretStr | None = None
    key_file: Path = Path("var/cartable.key")
    payment_provider_token: SecretStr | None = Field(
        None, validation_alias=_bare("PAYMENT_PROVIDER_TOKEN")
    )
    exchange_dir: Path = Path("var/exchange")
    backup_dir: Path = Path("var/backups")
    unrecorded_dir: Path = Path("var/unrecorded-payments")
    night_at: time = time(3, 15)
    staff_idle_days: int = Field(14, ge=1, le=365)

    keep_bookings_years: int = Field(10, ge=1, le=99)
    keep_payments_years: int = Field(10, ge=1, le=99)
    keep_signatures_years: int = Field(5, ge=1, le=99)

    smtp_host: str | None = None
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    mail_from: str = "Portail famille <ne-pas-repondre@localhost>"

    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(8080, ge=1, le=65535)

    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(None, ge=1, le=65535)

    lean_wire: bool = True
    pushes_per_second: float = Field(25.0, gt=0, le=30)
    log_format: Literal["json", "console"] = "json"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("night_at")
    @classmethod
    def _outside_the_hour_that_comes_twice(cls, value: time) -> time:
        if time(2) <= value < time(3):
            raise ValueError("02:00 to 03:00 comes twice in October and never in March")
        return value

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        number, colon, secret = (value.get_secret_value() if value else "0:x").partition(":")
        if not (number.isdecimal() and colon and secret) or any(c.isspace() for c in secret):
            raise ValueError("@BotFather gives it, as digits, a colon and letters")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _as_telegram_wants_it(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError("16 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @property
    def token(self) -> str:
        """The token, or a sentence: for commands that cannot do without."""
        if self.bot_token is None:
            raise BadSettings(
                "BOT_TOKEN is missing. Ask @BotFather for a token, then write BOT_TOKEN=... in "
                "the file .env (`cartable demo` needs none)."
            )
        return self.bot_token.get_secret_value()

    @property
    def invoice_token(self) -> str:
        """Empty where the operator has no provider: no invoice is sent then."""
        token = self.payment_provider_token
        return token.get_secret_value() if token is not None else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log line may ever hold."""
        held = (
            self.bot_token,
            self.payment_provider_token,
            self.smtp_password,
            self.webhook_secret,
        )
        keys = re.split(r"[\s,:]+", self.key.get_secret_value()) if self.key else []
        password = urlsplit(self.database_url.get_secret_value()).password
        plain = [secret.get_secret_value() for secret in held if secret]
        # A key's name ("index") is no secret and would be a hole in every line.
        return (*plain, *(key for key in keys if len(key) > 16), *([password] if password else []))


class _Alone(Settings):
    """Deaf to the environment and to `.env`."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def load() -> Settings:
    """From the environment and `.env`. Raises BadSettings."""
    return _checked(Settings)


def only(**given: Any) -> Settings:
    """From ``given`` and the defaults alone. Raises BadSettings."""
    return _checked(_Alone, **given)


def _checked(kind: type[Settings], **given: Any) -> Settings:
    try:
        settings = kind(**given)
    except ValidationError as error:
        raise BadSettings("\n".join(_sentences(error))) from None
    if settings.public_url and settings.webhook_secret is None:
        raise BadSettings(
            "CARTABLE_PUBLIC_URL is set without CARTABLE_WEBHOOK_SECRET: anybody could pass for "
            "Telegram. Choose a long random secret, for instance by `openssl rand -hex 32`."
        )
    if lacks := settings.payfip_lacks:
        raise BadSettings(f"{lacks} .env.example says what they are.")
    return settings


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        name = str(problem["loc"][0]) if problem["loc"] else "settings"
        shown = name if name.isupper() else (PREFIX + name).upper()
        yield f"{shown} cannot be used: {problem['msg'].removeprefix('Value error, ')}."
