"""An office in this process, so that its clock stands still, and a browser that is served by it; nothing else of it is different."""

import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

for folder in ("security", "web"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))

import world  # noqa: E402
from chromium_here import ARGUMENTS, where_chromium_is  # noqa: E402
from served import free_port  # noqa: E402


@contextmanager
def house(monkeypatch, request):
    """The invented office of `tests/security/world.py`: the folder's own fixture `office` is another one, served as in life."""
    world.configure(request.config.getoption("--database", default="sqlite"))
    made = world.office._get_wrapped_function()(monkeypatch)
    yield next(made)
    made.close()


@contextmanager
def browser():
    """Chromium, to which this process's office answers by its own name."""
    from django.core.asgi import get_asgi_application  # not the office's own: it refuses the cheap keys of tests
    from playwright.sync_api import sync_playwright

    port = free_port()
    with _running(get_asgi_application(), port), sync_playwright() as started:
        yield started.chromium.launch(executable_path=where_chromium_is(), args=_arguments(port))


@contextmanager
def one_profile(folder):
    """As `browser`, with one profile that keeps what it may keep in a folder, to be searched; `new_context` gives that one."""
    from django.core.asgi import get_asgi_application
    from playwright.sync_api import sync_playwright

    port = free_port()
    with _running(get_asgi_application(), port), sync_playwright() as started:
        context = started.chromium.launch_persistent_context(
            str(folder), executable_path=where_chromium_is(), args=_arguments(port), base_url=world.ORIGIN,
            ignore_default_args=["--disable-back-forward-cache"])
        yield type("Profile", (), {"new_context": staticmethod(lambda **_more: context)})


def _arguments(port):
    return [*ARGUMENTS, f"--host-resolver-rules=MAP {world.ORIGIN.partition('//')[2]} 127.0.0.1:{port}"]


@contextmanager
def _running(app, port):
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, lifespan="off", log_config=None, access_log=False,
                                           ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)
