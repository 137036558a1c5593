"""Where the keys of personal data come from: the environment, or a file of the first start."""

from typing import Final

from bot.settings import BadSettings, Settings
from storage.crypto import Keyring, KeyringError
from storage.keyfile import FileKeyring

FROM_ENVIRONMENT: Final = (
    "The keys come from CARTABLE_KEY, which this command cannot change. To rotate: put a new key "
    "in front of the others there (docs/operations.md says how to make one), restart every "
    "process, then `cartable keys reseal`."
)


def keyring_of(settings: Settings) -> Keyring:
    try:
        if settings.key is not None:
            return Keyring.parse(settings.key.get_secret_value())
        if settings.key_file.exists():
            return FileKeyring.load(settings.key_file)
        Keyring.create(settings.key_file)
        return FileKeyring.load(settings.key_file)
    except (KeyringError, OSError) as error:
        raise BadSettings(
            f"The keys of personal data cannot be read ({type(error).__name__}). Restore the file "
            f"{settings.key_file} from its copy, or set CARTABLE_KEY; without the right keys the "
            "data cannot be read."
        ) from error
