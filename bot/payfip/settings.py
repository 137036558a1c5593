"""What the operator says of the town's PayFiP account: a part of `bot.settings`."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings

SERVICE_URL = "https://www.payfip.gouv.fr/tpa/services/securite"
PAGE_URL = "https://www.payfip.gouv.fr/tpa/paiementws.web"


class PayFipSettings(BaseSettings):
    """Every name is explained in `.env.example`."""

    payfip_numcli: str | None = Field(None, pattern=r"^\d{6}$")
    payfip_saisie: Literal["T", "X", "W"] = "T"
    payfip_mail: str | None = Field(
        None, min_length=6, max_length=80, pattern=r"^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$"
    )
    payfip_exercice: int | None = Field(None, ge=2020, le=2099)
    payfip_url: str = Field(SERVICE_URL, pattern=r"^https?://")
    payfip_page_url: str = Field(PAGE_URL, pattern=r"^https?://")
    payments_url: str | None = Field(None, pattern=r"^https?://")
    payments_host: str = "127.0.0.1"
    payments_port: int = Field(8081, ge=0, le=65535)
    public_url: str | None = None

    @property
    def payments_base(self) -> str | None:
        """Where PayFiP and browsers reach us."""
        return self.payments_url or self.public_url

    @property
    def payfip_lacks(self) -> str:
        """What an account that is set cannot do without; "" where nothing is missing."""
        if self.payfip_numcli is None:
            return ""
        needed = {"CARTABLE_PAYFIP_MAIL": self.payfip_mail}
        needed["CARTABLE_PAYMENTS_URL"] = self.payments_base
        missing = [name for name, value in needed.items() if not value]
        return f"CARTABLE_PAYFIP_NUMCLI is set without {' and '.join(missing)}." if missing else ""
