"""The office's own settings, with a cheap key derivation: an office started with these refuses to serve."""

from waystation_web.settings import *  # noqa: F403

KDF_COST = (1, 8192)
