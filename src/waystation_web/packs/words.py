"""Codes of reading packs in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

STATES: Mapping[str, Any] = MappingProxyType({
    "waits": _("asked for"), "asked": _("signed by one"), "signed": _("signed by two"), "out": _("with its reader"),
    "late": _("its last day has gone by"), "stopped": _("its reader must destroy it"), "ended": _("over"),
})
BAD = frozenset({"late", "stopped"})
WORDS: Mapping[str, Any] = MappingProxyType({
    "made": _("the copy was made"), "handed": _("handed over"), "came": _("the reader has it"),
    "read": _("what the reader says of it"), "returned": _("the reader gave it back"),
    "destroyed": _("the reader says it is destroyed"), "told": _("the reader was told to destroy it"),
})
DUE: Mapping[str, Any] = MappingProxyType({
    "came": _("ask whether the pack came"), "told": _("tell the reader today to destroy the pack"),
    "destroyed": _("ask whether the pack is destroyed"),
    "stop": _("its story was taken back: end the pack, and tell its reader today"),
})
PURPOSES = (("story", _("a story")), ("media", _("the media")), ("research", _("research and numbers")),
            ("court", _("use in court")))
RECIPIENTS = (("media", _("media")), ("legal", _("lawyer")), ("research", _("research")), ("un_body", _("UN body")),
              ("other", _("another one")))
