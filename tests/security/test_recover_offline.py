"""The ceremony in a process of its own: what it writes, opens and asks for is heard by the interpreter itself."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.promise("P08")
CHILD = """
import json, sys
heard = []

def hear(event, given):
    writes = event == "open" and isinstance(given[0], (str, bytes)) and given[2] & 3
    if writes or event.startswith("socket.") or event in ("os.rename", "os.mkdir", "sqlite3.connect", "subprocess.Popen"):
        heard.append([event, repr(given)])

sys.addaudithook(hear)
from waystation.cli.recovery import main
code = main(["new", "--yes", "--out", sys.argv[1]])
if sys.argv[2:]:
    import socket, sqlite3
    open(sys.argv[1] + "/planted", "w").close(), socket.socket().close(), sqlite3.connect(":memory:").close()
print(json.dumps({"code": code, "heard": heard, "django": "django" in sys.modules}), file=sys.stderr)
"""


def in_a_child(folder, *more: str) -> dict:
    done = subprocess.run([sys.executable, "-B", "-c", CHILD, str(folder), *more], text=True, capture_output=True, check=True, cwd=folder)
    assert done.stdout.count("--- Sheet") == 3
    return json.loads(done.stderr)


def test_one_file_is_written_and_nothing_is_sent(tmp_path):
    told = in_a_child(tmp_path)
    assert (told["code"], told["django"]) == (0, False)
    assert [event for event, _ in told["heard"]] == ["open"]
    assert "recovery-public.txt" in told["heard"][0][1]
    assert [path.name for path in tmp_path.iterdir()] == ["recovery-public.txt"]


def test_what_would_be_written_sent_or_stored_is_heard(tmp_path):
    told = in_a_child(tmp_path, "planted")
    assert {event for event, _ in told["heard"]} == {"open", "socket.__new__", "sqlite3.connect"}
    assert any("planted" in given for _, given in told["heard"])
