"""What nobody is asked and nothing keeps: a body, a voice, where a phone is. No field, and no package that could do it."""

import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps

import waystation_web

ROOT = Path(__file__).resolve().parents[2]
BODY = re.compile(r"face|finger|iris|retina|biometr|voice|thumb_?print|dna|gait|gps|latitude|longitude|imei|imsi|cell_?tower|position_of")
PACKAGES = re.compile(r"^(face|dlib|deepface|insightface|mediapipe|opencv|speechbrain|resemblyzer|pyannote|librosa|geopy|gps|geocoder|onnx"
                      r"|torch|tensorflow|phonenumbers)", re.MULTILINE)


def asked():
    """Every field of every form of the office, as `ContactForm.code_name`."""
    for found in pkgutil.walk_packages(waystation_web.__path__, "waystation_web."):
        if found.name.rpartition(".")[2].startswith("forms"):
            for _, form in inspect.getmembers(import_module(found.name), inspect.isclass):
                if issubclass(form, forms.BaseForm):
                    yield from (f"{form.__name__}.{name}" for name in form.base_fields)


def refused(names):
    return [name for name in names if BODY.search(name.partition(".")[2].lower())]


@pytest.mark.refuses("H-03")
def test_no_form_and_no_table_has_room_for_a_body_a_voice_or_a_position():
    fields = list(asked())
    columns = [f"{model.__name__}.{field.name}" for model in apps.get_models() for field in model._meta.get_fields()]
    assert len(set(fields)) > 250 and len(columns) > 25
    assert refused([*fields, *columns]) == []


@pytest.mark.refuses("H-03")
@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.stem)
def test_no_package_recognises_anybody_or_finds_a_phone(lock):
    assert PACKAGES.findall(lock.read_text("utf-8")) == []
    assert PACKAGES.findall("numpy==2.0\nopencv-python==4.9\n") == ["opencv"]
