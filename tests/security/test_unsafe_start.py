"""An office that would be unsafe does not start, and each reason is a sentence that says what to do."""

import os
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from waystation_web.gateways.safety import reasons_not_to_start, refuse_unsafe_start

SAFE = {"KDF_COST": (3, 131072)}  # tests derive cheaply; an office that did would not start
CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def ground(office):
    """An office as it lies on a disk, with production settings."""
    with override_settings(**SAFE):
        assert reasons_not_to_start() == []
        yield settings.INSTALLATION


def moved(**changes):
    return override_settings(INSTALLATION=replace(settings.INSTALLATION, **changes))


def test_a_sound_office_starts(ground):
    assert refuse_unsafe_start() is None


@pytest.mark.parametrize(("changes", "words"), [
    ({"DEBUG": True}, "DEBUG is on"),
    ({"KDF_COST": (1, 8192)}, "is below"),
    ({"KDF_COST": (3, 65535)}, "is below"),
    ({"KDF_COST": (2, 1048576)}, "is below"),
    ({"FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]}, "written to disk in clear"),
    ({"FILE_UPLOAD_HANDLERS": ["waystation_web.vault.uploads.SealingUploadHandler",
                               "django.core.files.uploadhandler.MemoryFileUploadHandler"]}, "written to disk in clear"),
    ({"CACHES": CACHE}, "would outlive their page"),
    ({"DEFAULT_EXCEPTION_REPORTER": "django.views.debug.ExceptionReporter"}, "would write what is sealed"),
    ({"LOGGING_CONFIG": "logging.config.dictConfig"}, "would write what is sealed"),
    ({"ALLOWED_HOSTS": ["*"]}, "allows every name"),
])
def test_a_setting_that_would_leak_is_named(ground, changes, words):
    with override_settings(**changes):
        assert [why for why in reasons_not_to_start() if words in why]
        with pytest.raises(ImproperlyConfigured, match=r"The office does not start:\n  - "):
            refuse_unsafe_start()


@pytest.mark.parametrize("app", ["django.contrib.admin", "django.contrib.auth", "django.contrib.sessions",
                                 "debug_toolbar", "silk"])
def test_an_app_that_stores_or_shows_is_named(ground, app, monkeypatch):
    monkeypatch.setattr(settings, "INSTALLED_APPS", [*settings.INSTALLED_APPS, app])
    assert [why for why in reasons_not_to_start() if app in why]


@pytest.mark.parametrize("layer", ["waystation_web.middleware.SameSite", "waystation_web.middleware.SignedIn",
                                   "django.middleware.csrf.CsrfViewMiddleware", "waystation_web.middleware.Refusals"])
def test_a_missing_layer_is_named(ground, layer):
    with override_settings(MIDDLEWARE=[one for one in settings.MIDDLEWARE if one != layer]):
        assert [why for why in reasons_not_to_start() if layer in why and "is missing" in why]


def test_headers_that_are_not_outermost_are_named(ground):
    first, *others = settings.MIDDLEWARE
    with override_settings(MIDDLEWARE=[*others, first]):
        assert [why for why in reasons_not_to_start() if "outermost" in why]


@pytest.mark.parametrize("origin", ["http://office.example", "http://192.0.2.7:8700", "http://localhost.example"])
def test_plain_http_but_on_this_machine_or_an_onion_is_named(ground, origin):
    with moved(origin=origin):
        assert [why for why in reasons_not_to_start() if "is not encrypted" in why]


@pytest.mark.parametrize("origin", ["https://office.example", "http://localhost:8700", "http://abcdef.onion"])
def test_other_origins_are_not(ground, origin):
    with moved(origin=origin):
        assert not [why for why in reasons_not_to_start() if "is not encrypted" in why]


def test_a_host_key_that_is_gone_is_named(ground):
    with moved(host_key=ground.home / "no" / "host.key"):
        assert [why for why in reasons_not_to_start() if "the host key is not at" in why and "Put the medium in" in why]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_a_host_key_that_others_read_is_named(ground):
    ground.host_key.chmod(0o444)
    assert [why for why in reasons_not_to_start() if "others on this machine can read" in why and "chmod 0400" in why]


def test_a_host_key_inside_the_backup_is_named(ground):
    inside = ground.data / "host.key"
    inside.write_bytes(ground.host_key.read_bytes())
    inside.chmod(0o400)
    with moved(host_key=inside):
        assert [why for why in reasons_not_to_start() if "every backup would hold it" in why]


@pytest.mark.skipif(os.name != "posix", reason="modes of folders are a matter of POSIX")
def test_a_runtime_folder_that_others_read_is_named(ground):
    ground.runtime.chmod(0o755)
    assert [why for why in reasons_not_to_start() if "is not private" in why]
    ground.runtime.chmod(0o700)
    assert reasons_not_to_start() == []


@pytest.mark.skipif(not os.path.exists("/proc/mounts"), reason="only Linux tells whether a folder is in memory")
def test_a_runtime_folder_on_a_disk_is_named(ground, monkeypatch):
    monkeypatch.setattr("waystation_web.gateways.safety.in_memory", lambda folder: False)
    assert [why for why in reasons_not_to_start() if "is on a disk" in why]


def test_all_reasons_are_said_at_once(ground):
    with override_settings(DEBUG=True, CACHES=CACHE), moved(host_key=ground.home / "no"):
        assert len(reasons_not_to_start()) == 3
