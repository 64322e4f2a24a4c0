"""Pictures are decoded in a process of their own, which gets no office, no keys and no network: a file may be hostile.

What it gives back is looked through here by a reader that knows nothing of it; what that reader does not know is
refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from waystation.evidence.pictures import faults
from waystation_web.vault.errors import NotPermitted

COMMAND = (sys.executable, "-m", "waystation.evidence.copying")
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONPATH")
MOST_SECONDS, MOST_BYTES = 90, 80 << 20
NO_PICTURE = gettext_noop("No copy was made: this is no picture that can be read here (JPEG, PNG, WebP, at most 80 "
                          "MB).")
NOT_CLEAN = gettext_noop("No copy was made: the second reader found something in it besides the picture. Nothing was "
                         "kept.")


@dataclass(frozen=True, slots=True)
class Made:
    """A copy as it came back, looked through."""

    format: str
    width: int
    height: int
    boxes: list[list[int]]
    data: bytes = field(repr=False)


def copied(data: bytes, boxes: Sequence[Sequence[float]] = (), *, side: int = 0, grid: bool = False) -> Made:
    """A copy of a picture. Raises `NotPermitted`, and nothing is kept."""
    said, made = _asked({"do": "copy", "boxes": [list(box) for box in boxes], "side": side, "grid": grid}, data)
    if "refused" in said or not made:
        raise NotPermitted("no_picture", NO_PICTURE)
    if faults(made) or (said["boxes"] and _asked({"do": "check", "boxes": said["boxes"]}, made)[0].get("faults") != []):
        raise NotPermitted("not_clean", NOT_CLEAN)
    return Made(said["format"], said["width"], said["height"], said["boxes"], made)


def _asked(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(COMMAND, input=json.dumps(question).encode() + b"\n" + data,  # noqa: S603 - our own
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=os.sep, check=True,
                              timeout=MOST_SECONDS, env={**environment, "PYTHONDONTWRITEBYTECODE": "1"})
        line, _, made = done.stdout.partition(b"\n")
        return dict(json.loads(line)), made
    except (subprocess.SubprocessError, OSError, ValueError) as why:
        raise NotPermitted("no_picture", NO_PICTURE) from why
