"""What the codes of vetting are called on a page; labels of the core, looked up in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from waystation.trust import flags, vetting
from waystation.trust.vetting import Helper


def _choices(codes: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((code, _(words)) for code, words in codes.items())


ROLES = _choices(vetting.ROLES)
MOTIVES = _choices(vetting.MOTIVES)
STANDING = _choices(vetting.STANDING)
DECIDED = tuple((code, words) for code, words in STANDING if code in vetting.DECIDED)
STOPS = tuple((code, words) for code, words in STANDING if code in vetting.UNUSABLE)
RELIABILITY = tuple((code, format_lazy("{} – {}", code, _(words))) for code, words in vetting.RELIABILITY.items())
FLAGS = tuple((code, _(rule.sentence)) for code, rule in flags.RULES.items() if rule.holds)
HELPERS = ((Helper.HELPER.value, _("helper, for nothing")), (Helper.PAID.value, _("paid broker")),
           (Helper.EXPLOITS.value, _("broker who exploits")), (Helper.TRAFFICKER.value, _("sells people")))
