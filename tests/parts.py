"""Parts that the set-up puts in place: without one the tests that need it are skipped with a reason, on Linux in CI they fail.

There `tools/bootstrap.py test` installs every part, so a missing one is a fault of the set-up and not of the machine.
"""

import os
import shutil
import sys

import pytest


def demanded() -> bool:
    """Whether nothing may be missing here."""
    return bool(os.environ.get("CI")) and sys.platform.startswith("linux")


def there(program: str) -> bool:
    """Whether the system has a program."""
    return shutil.which(program) is not None


def needs(there: object, reason: str) -> None:
    """Goes on if the part is `there`; else says why not."""
    if there:
        return
    if demanded():
        pytest.fail(f"{reason}; in CI it must be there")
    pytest.skip(reason)


def needing(there: object, reason: str) -> pytest.MarkDecorator:
    """The same for all of a test or a file; where the part is demanded, the tests run without it and fail."""
    return pytest.mark.skipif(not there and not demanded(), reason=reason)
