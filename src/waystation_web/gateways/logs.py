"""Logs say when, which error class and which line. Never a value, an address with a query, a body or a local variable."""

from __future__ import annotations

import logging
import logging.config
import traceback
from typing import Any

from django.views.debug import ExceptionReporter


class Sparse(logging.Formatter):
    """Time, level, logger, and for an error its class and the last line of our own code. The message itself is dropped."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        where = f"{record.name}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            last = frames[-1] if frames else None
            where = f"{record.exc_info[0].__name__} at {last.filename}:{last.lineno}" if last else record.exc_info[0].__name__
        return f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')} {record.levelname} {where}"


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
        "root": {"handlers": ["console"], "level": "WARNING"},
    })
