"""`waystation-office`: making, serving and checking an office from the console.

    init HOME       make an office in an empty folder
    serve HOME      open it to browsers of this machine
    watch HOME      a process of its own that alarms when somebody must look at the board
    verify HOME     check what is stored, and the record of acts
    slip HOME       digits for a witness outside, or the check of a slip that came back
    backup HOME     everything that must survive this machine, sealed, into other folders
    restore BACKUP  an office out of a backup, in an empty folder
    drill HOME      does the newest backup come back? in memory, and thrown away
    tick HOME       what time does by itself: end what has ended, destroy what is past its day
    forget-now HOME destroy the older host key: what was destroyed opens in no backup any more
    panic HOME      at once: everybody out, every process stopped, nothing left in memory
    unlock HOME     let a locked security officer in again, if no other can
    recovery-request HOME   ask the custodians for what nobody can open any more
    recovery-import HOME    take in what they answered
    recovery-change HOME    believe another recovery key; how many records still wait for it
    doctor HOME     check the machine it stands on
    takeout HOME    custodians build what two people released: everything, sealed; for a machine without any network
    public ...      show what was published: a process that knows nothing of the office, run as a user of its own
    recover ...     the recovery key and its sheets; for a machine without any network
    demo            an invented office, ready to look at
    bench           what sealing costs here, how long pages take, how soon a board is told

Exit codes: 0 in order, 1 something was found, 2 it could not be done; the message says what to do.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from waystation_web.gateways.installation import Installation, NoInstallation

FOUND, CANNOT = 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one verb."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["recover"]:  # read no further than its own room: it must run where nothing but Python is
        from waystation.cli.recovery import main as recover
        return recover(given[1:])
    if given[:1] == ["public"]:
        return _public(given[1:])
    said = reader().parse_args(given)
    os.umask(0o077)
    try:
        return int(said.run(said))
    except (NoInstallation, Cannot) as reason:
        print(reason, file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        return CANNOT


class Cannot(Exception):
    """It could not be done; the message says what to do."""


def reader() -> argparse.ArgumentParser:
    """What the command line understands."""
    made = argparse.ArgumentParser(prog="waystation-office", description=__doc__,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = made.add_subparsers(required=True, metavar="VERB")
    one = _verb(verbs, "init", _init, "make an office in an empty folder")
    one.add_argument("--organisation", required=True, help="its name, shown after sign-in, never before")
    one.add_argument("--origin", default="http://localhost:8700", help="what people type (default %(default)s)")
    one.add_argument("--database", default="", metavar="DSN", help="a PostgreSQL connection string; default SQLite")
    one = _verb(verbs, "serve", _serve, "open it to browsers of this machine")
    one.add_argument("--port", type=int, help="default: the one of the origin")
    one.add_argument("--bind", default="127.0.0.1", help="address to listen at; a proxy of yours stands before it")
    one = _verb(verbs, "watch", _watch, "alarm when somebody must look at the board")
    one.add_argument("--hook", action="append", default=[], metavar="COMMAND",
                     help="a program of this machine that tells somebody: it gets one fixed sentence; may be repeated")
    one = _verb(verbs, "verify", _verify, "check what is stored, and the record of acts")
    one.add_argument("--as-auditor", metavar="HANDLE", help="sign in, and replay the whole record")
    one.add_argument("--stdin", action="store_true", help="read words and code from standard input, one a line")
    one = _verb(verbs, "slip", _slip, "digits for a witness outside, or the check of a slip that came back")
    one.add_argument("--check", type=Path, metavar="FILE",
                     help="a slip that came back; - for digits that are typed on standard input")
    _verb(verbs, "tick", _tick, "what time does by itself: end what has ended, destroy what is past its day")
    one = _verb(verbs, "forget-now", _forget_now, "destroy the older host key, and with it what backups hold still")
    one.add_argument("--gradual", action="store_true",
                     help="keep the older one until the next change: backups of before can be restored until then")
    _keeping(verbs)
    one = _verb(verbs, "panic", _panic, "at once: everybody out, every process stopped, nothing left in memory")
    one.add_argument("--all", action="store_true", help="the alarm as well, which otherwise goes on")
    one.add_argument("--forget-host-key", action="store_true",
                     help="then destroy the host key here: it asks for the word FORGET on standard input")
    one = _verb(verbs, "unlock", _unlock, "let a locked security officer in again, if no other can")
    one.add_argument("handle", metavar="HANDLE", help="of the security officer")
    _recovery(verbs)
    _verb(verbs, "doctor", _doctor, "check the machine it stands on")
    one = _verb(verbs, "takeout", _takeout, "custodians build what two people released: everything, sealed")
    one.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="for archives, on an encrypted medium")
    one.add_argument("--order", default="", metavar="ID", help="which takeout, if there are several")
    verbs.add_parser("recover", help="the recovery key and its sheets")
    verbs.add_parser("public", help="show what was published, and nothing else")
    one = _verb(verbs, "demo", _demo, "an invented office, ready to look at", home=False)
    one.add_argument("--home", type=Path, default=Path("build") / "demo" / "office", help="default %(default)s")
    one.add_argument("--port", type=int, default=8700)
    one.add_argument("--once", action="store_true", help="sign in by itself, print what it saw, and end")
    one = _verb(verbs, "bench", _bench, "what sealing costs here, and how long pages take", home=False)
    one.add_argument("--pages", action="store_true", help="pages over HTTP, of an invented house of 10,000 cases")
    one.add_argument("--board", action="store_true", help="how soon 100 boards show an act, with 2,000 open journeys")
    one.add_argument("--json", action="store_true")
    one.add_argument("--strict", action="store_true", help="exit 4 if a goal was missed")
    return made


def _recovery(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = _verb(verbs, "recovery-request", _recovery_request, "ask the custodians for what nobody can open any more")
    one.add_argument("--for", dest="handle", required=True, metavar="HANDLE", help="who shall read it again")
    one.add_argument("--lost-by", default="", metavar="HANDLE",
                     help="instead: what only this colleague, whose words are lost, could open")
    one.add_argument("--vault", action="append", default=[], metavar="ID",
                     help="instead: this record, by the id that verify prints; may be repeated")
    one.add_argument("--of-roles", action="store_true",
                     help="instead: all of the kinds that the reader's roles are given, whoever holds it")
    one.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="for the file (default: here)")
    one = _verb(verbs, "recovery-import", _recovery_import, "take in what the custodians answered")
    one.add_argument("answer", type=Path, metavar="ANSWER", help="the file that `waystation recover open` wrote")
    one = _verb(verbs, "recovery-change", _recovery_change, "believe another recovery key")
    one.add_argument("public", type=Path, nargs="?", metavar="PUBLIC",
                     help="the file that `recover new` wrote; without it: how many records still wait")


def _verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, words: str, *,
          home: bool = True) -> argparse.ArgumentParser:
    made = verbs.add_parser(name, help=words, description=words)
    made.set_defaults(run=run)
    if home:
        made.add_argument("home", type=Path, metavar="HOME", help="the office's folder")
    return made


def _keeping(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Backups: making one, putting it back, trying whether it comes back."""
    one = _verb(verbs, "backup", _backup, "seal everything that must survive this machine into other folders")
    one.add_argument("--only-head", action="store_true",
                     help="write what lives now, and no backup: so that an older backup brings nothing back")
    one = _verb(verbs, "restore", _restore, "make an office out of a backup, in an empty folder", home=False)
    one.add_argument("backup", type=Path, metavar="BACKUP")
    one.add_argument("--into", type=Path, required=True, metavar="HOME", help="an empty folder")
    one.add_argument("--key", type=Path, required=True, metavar="FILE", help="what age-keygen wrote")
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--host-key", type=Path, metavar="FILE", help="the office's host key")
    which.add_argument("--sheets", action="store_true", help="or two recovery sheets, typed when asked for")
    one.add_argument("--escrow", type=Path, metavar="FILE", help="what the sheets open; default: beside the backup")
    one.add_argument("--head", type=Path, metavar="FILE", help="the newest *-head.age: what was destroyed stays so")
    one.add_argument("--database", default="", metavar="DSN", help="an empty PostgreSQL database, if it is kept in one")
    one.add_argument("--with-findings", action="store_true", help="also if verify finds something; it is written down")
    one = _verb(verbs, "drill", _drill, "restore the newest backup in memory, say how it went, throw it away")
    one.add_argument("--key", type=Path, required=True, metavar="FILE", help="what age-keygen wrote")
    one.add_argument("--database", default="", metavar="DSN", help="an empty PostgreSQL database, if it is kept in one")


def _init(said: argparse.Namespace) -> int:
    from .making import make
    code = make(said.home, organisation=said.organisation, origin=said.origin, database=said.database)
    print(f"An office was made in {said.home.resolve()}.\n"
          f"1. On a machine without network:  waystation-office recover new\n"
          f"2. Here:                          waystation-office serve {said.home}\n"
          f"3. In a browser on this machine:  {said.origin}/set-up/\n"
          f"   Set-up code (one day):         {code}\n"
          "Nothing real may be entered: it is a demonstration until its data-protection assessment is recorded.")
    return 0


def _office(home: Path) -> Installation:
    """The office in a folder. Raises `Cannot` for another user than its own: files of theirs would shut it out."""
    installation = Installation.load(home)
    if os.name == "posix" and installation.home.stat().st_uid != os.geteuid():
        raise Cannot(f"{home} belongs to another user of this machine: run this as that user, with sudo -u")
    return installation


def _serve(said: argparse.Namespace) -> int:
    from .serving import serve
    installation = _office(said.home)
    if installation.invented:
        raise Cannot(f"{said.home} is an invented office, with passphrases that were printed: it is not served. "
                     "Look at it with: waystation-office demo")
    return serve(installation, port=said.port, bind=said.bind)


def _watch(said: argparse.Namespace) -> int:
    from .watching import watch
    return watch(_office(said.home), hooks=said.hook)


def _verify(said: argparse.Namespace) -> int:
    from .verifying import verify
    return verify(_office(said.home), auditor=said.as_auditor, from_stdin=said.stdin)


def _slip(said: argparse.Namespace) -> int:
    from .slipping import check, give
    return check(_office(said.home), said.check) if said.check else give(_office(said.home))


def _tick(said: argparse.Namespace) -> int:
    from .ticking import tick
    return tick(_office(said.home))


def _backup(said: argparse.Namespace) -> int:
    from .backing import back_up
    return back_up(_office(said.home), only_head=said.only_head)


def _restore(said: argparse.Namespace) -> int:
    from .restoring import Wish, restore
    return restore(Wish(said.backup, said.into, said.key, said.host_key, said.escrow, said.head, said.database,
                        said.with_findings))


def _drill(said: argparse.Namespace) -> int:
    from .drilling import drill
    return drill(_office(said.home), key=said.key, database=said.database)


def _forget_now(said: argparse.Namespace) -> int:
    from .forgetting import forget_now
    return forget_now(_office(said.home), gradual=said.gradual)


def _panic(said: argparse.Namespace) -> int:
    from .panicking import panic
    return panic(_office(said.home), everything=said.all, forget_host_key=said.forget_host_key)


def _unlock(said: argparse.Namespace) -> int:
    from .unlocking import unlock
    return unlock(_office(said.home), said.handle)


def _recovery_request(said: argparse.Namespace) -> int:
    from .recovering import request
    return request(_office(said.home), said.handle, vaults=said.vault, lost_by=said.lost_by, of_roles=said.of_roles,
                   out=said.out)


def _recovery_import(said: argparse.Namespace) -> int:
    from .recovering import take_in
    return take_in(_office(said.home), said.answer)


def _recovery_change(said: argparse.Namespace) -> int:
    from .recovering import change, remainder
    return change(_office(said.home), said.public) if said.public else remainder(_office(said.home))


def _doctor(said: argparse.Namespace) -> int:
    from .doctor import examine
    return examine(Installation.load(said.home))


def _takeout(said: argparse.Namespace) -> int:
    from .taking_out import take_out
    return take_out(_office(said.home), said.out, order=said.order)


def _demo(said: argparse.Namespace) -> int:
    from .demonstration import show
    return show(said.home, port=said.port, once=said.once)


def _public(given: list[str]) -> int:
    """In a process of its own, to which nothing of this one's surroundings is handed on: no key, no database."""
    import subprocess
    handed_on = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT") if name in os.environ}
    return subprocess.call([sys.executable, "-m", "waystation_web.public", *given], env=handed_on)  # noqa: S603


def _bench(said: argparse.Namespace) -> int:
    from . import bench, bench_board, bench_pages
    report = bench_board.report if said.board else bench_pages.report if said.pages else bench.report
    return report(as_json=said.json, strict=said.strict)
