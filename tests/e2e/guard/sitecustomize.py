"""A guard that a process carries when this folder is on its path: no connection but to this machine, and no name asked for.

Every process says that it is guarded; every attempt is written down and refused.
"""

import ipaddress
import os
import sys

LOG = os.environ.get("WAYSTATION_GUARD_LOG", "")
HERE = {"localhost", "127.0.0.1", "::1", "", None}


def _write(words):
    handle = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(handle, f"{words}\n".encode())
    os.close(handle)


def _stays_here(address):
    if not isinstance(address, tuple):
        return True  # a socket in a folder
    if address[0] in HERE:
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


def _hook(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        target = arguments[1]
        if target is not None and not _stays_here(target):
            _write(f"refused {event} {target}")
            raise PermissionError(f"{event} to {target}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
        if host not in HERE and not _stays_here((host,)):
            _write(f"refused {event} {host}")
            raise PermissionError(f"{event} of {host}")


if LOG:
    sys.addaudithook(_hook)
    _write(f"guarded {os.path.basename(sys.argv[0] if sys.argv else '')} {os.getpid()}")
