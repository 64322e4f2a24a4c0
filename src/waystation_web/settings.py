"""Settings of the office. They come from an installation (`WAYSTATION_HOME`) and from nowhere else.

Nothing here is to be edited. What is missing is missing on purpose: no sessions table, no users, no admin, no cache,
no mail, no log of anything sealed. `gateways.safety` says why an office would not start.
"""

from __future__ import annotations

import os
from pathlib import Path
from wsgiref.headers import Headers

from django.core.exceptions import ImproperlyConfigured

from .gateways.database import postgresql_of
from .gateways.installation import Installation, NoInstallation
from .gateways.runtime import boot_secret

_home = os.environ.get("WAYSTATION_HOME")
if not _home:
    raise ImproperlyConfigured("WAYSTATION_HOME names no office. Start it with: waystation-office serve HOME")
try:
    INSTALLATION = Installation.load(Path(_home))
except NoInstallation as reason:
    raise ImproperlyConfigured(str(reason)) from reason

HERE = Path(__file__).resolve().parent
DEBUG = False
SECRET_KEY = boot_secret(INSTALLATION)  # protects cross-site tokens, nothing else; new at each start
ALLOWED_HOSTS = [INSTALLATION.host]
ROOT_URLCONF = "waystation_web.urls"
ASGI_APPLICATION = "waystation_web.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

INSTALLED_APPS = [
    "waystation_web.vault",
    "waystation_web.audit",
    "waystation_web.accounts",
    "waystation_web.records",
    "waystation_web.notes",
    "waystation_web.takeout",
    "waystation_web.contacts",
    "waystation_web.duty",
    "waystation_web.directory",
    "waystation_web.library",
    "waystation_web.cases",
    "waystation_web.network",
    "waystation_web.plans",
    "waystation_web.ledger",
    "waystation_web.journeys",
    "waystation_web.retention",
    "waystation_web.status",
    "waystation_web.arrival",
    "waystation_web.claims",
    "waystation_web.appeals",
    "waystation_web.petitions",
    "waystation_web.season",
    "waystation_web.protection",
    "waystation_web.desk",
    "waystation_web.rights",
    "waystation_web.figures",
    "waystation_web.testimony",
    "waystation_web.stories",
    "waystation_web.packs",
    "waystation_web.evidence",
]
MIDDLEWARE = [
    "waystation_web.middleware.Headers",
    "waystation_web.middleware.SameSite",
    "servestatic.middleware.ServeStaticMiddleware",
    "waystation_web.middleware.SignedIn",
    "waystation_web.middleware.Language",
    "django.middleware.csrf.CsrfViewMiddleware",
    "waystation_web.middleware.Refusals",
]

if INSTALLATION.database:
    DATABASES = {"default": postgresql_of(INSTALLATION.database)}
else:
    DATABASES = {"default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": INSTALLATION.sqlite,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # one writer: numbers of the record have no gaps
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                            "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON",
        },
    }}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # nothing outlives its request

# The cost of one passphrase guess: passes, KiB. Anything below the floor is refused at the start (gateways.safety).
KDF_COST = (3, 131072)

# Uploads are sealed as they arrive. Django's own handlers would write them to disk in clear.
FILE_UPLOAD_HANDLERS = ["waystation_web.vault.uploads.SealingUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(INSTALLATION.runtime)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 20

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [HERE / "templates"],
    "OPTIONS": {
        "context_processors": ["django.template.context_processors.csrf", "django.template.context_processors.i18n",
                               "django.template.context_processors.request", "waystation_web.middleware.frame"],
        "string_if_invalid": "",
    },
}]

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "static"          # served as it is: nothing is collected, nothing is generated at run time
SERVESTATIC_ALLOW_ALL_ORIGINS = False  # else any web page could ask whether Waystation runs here
SERVESTATIC_MIMETYPES = {".mjs": "text/javascript", ".geojson": "application/geo+json", ".woff2": "font/woff2"}
SERVESTATIC_MAX_AGE = 0


def kept_for_good(headers: Headers, _path: str, url: str) -> None:
    """A file with a version in its name is not asked for again; servestatic looks for its own kind of name alone."""
    if "@" in url:
        headers["Cache-Control"] = "max-age=31536000, public, immutable"


SERVESTATIC_ADD_HEADERS_FUNCTION = kept_for_good

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LOCALE_PATHS = [HERE / "locale"]

CSRF_COOKIE_NAME = "__Host-c" if INSTALLATION.encrypted_transport else "c"
CSRF_COOKIE_SECURE = INSTALLATION.encrypted_transport
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None                 # ends with the browser
CSRF_TRUSTED_ORIGINS = [INSTALLATION.origin]
CSRF_FAILURE_VIEW = "waystation_web.middleware.cross_site"
SECURE_PROXY_SSL_HEADER = None
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # our own middleware sets every header, on every response
DEFAULT_EXCEPTION_REPORTER = "waystation_web.gateways.logs.SilentReporter"
LOGGING_CONFIG = "waystation_web.gateways.logs.configure"
LOGGING: dict[str, object] = {"version": 1}  # empty, Django would not call LOGGING_CONFIG
ADMINS: list[tuple[str, str]] = []
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SILENCED_SYSTEM_CHECKS: list[str] = []
