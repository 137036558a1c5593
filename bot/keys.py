"""Where the keys of personal data come from: the environment, or a file of the first start."""

from bot.settings import BadSettings, Settings
from storage.crypto import Keyring, KeyringError


def keyring_of(settings: Settings) -> Keyring:
    try:
        if settings.key is not None:
            return Keyring.parse(settings.key.get_secret_value())
        if settings.key_file.exists():
            return Keyring.load(settings.key_file)
        return Keyring.create(settings.key_file)
    except (KeyringError, OSError) as error:
        raise BadSettings(
            f"The keys of personal data cannot be read ({type(error).__name__}). Restore the file "
            f"{settings.key_file} from its copy, or set CARTABLE_KEY; without the right keys the "
            "data cannot be read."
        ) from error
