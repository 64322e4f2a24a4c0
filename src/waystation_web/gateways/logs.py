"""Logs say when, which error class and which line.

Never a value, an address with a query, a body or a local variable: a log is the place that nobody thinks of.
"""

from __future__ import annotations

import logging
import logging.config
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from django.views.debug import ExceptionReporter

OURS = Path(__file__).resolve().parents[2]  # where waystation and waystation_web lie


class Sparse(logging.Formatter):
    """Time, level, logger, and for an error its class and the last line of our own code. The message is dropped."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        where = f"{record.name}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            where = f"{record.exc_info[0].__name__} at {last_line(record.exc_info[2])}"
        return f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')} {record.levelname} {where}"


def last_line(raised: TracebackType | None) -> str:
    """File and line of the last frame in our own code, or of the last frame; the text of the line is never read."""
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(raised)]
    ours = [(Path(name).relative_to(OURS).as_posix(), line) for name, line in frames if Path(name).is_relative_to(OURS)]
    name, line = (ours or [(Path(name).name, line) for name, line in frames] or [("?", 0)])[-1]
    return f"{name}:{line}"


class SilentReporter(ExceptionReporter):
    """Django's error report without any content: locals, POST data and settings are dropped for every view."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Nothing but the class."""
        return {"exception_type": getattr(self.exc_type, "__name__", "error")}

    def get_traceback_text(self) -> str:
        """The class alone."""
        return f"{getattr(self.exc_type, '__name__', 'error')}\n"

    def get_traceback_html(self) -> str:
        """The class alone."""
        return self.get_traceback_text()


def configure(_settings: dict[str, Any]) -> None:
    """One handler, to standard error, for everything."""
    logging.config.dictConfig({
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"sparse": {"()": Sparse}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "sparse"}},
        "loggers": {"django": {"handlers": [], "level": "ERROR", "propagate": True}},  # no line for a 404
        "root": {"handlers": ["console"], "level": "WARNING"},
    })
