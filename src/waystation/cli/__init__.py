"""`waystation` on the command line: the core on files, with no server, no network and no clock.

Exit codes, for scripts: 0 done · 1 refused, or the state is UNKNOWN · 2 bad input, nothing written · 3 the simulation
disagrees with the plan · 4 a goal of the benchmark missed (with `--strict`).
"""

import sys

from waystation.cli.arguments import parser
from waystation.cli.outputs import NotWritten, say_json
from waystation.planning.engine.kernels import BackendMismatch, TooLarge, UnknownBackend
from waystation.planning.setting import InvalidTerms
from waystation.problems import InvalidInput

BAD_INPUT = 2


def main(argv: list[str] | None = None) -> int:
    """Run one verb and give its exit code. Bad input is answered on the error stream, without a traceback."""
    given = parser().parse_args(argv)
    try:
        return int(given.run(given))
    except InvalidInput as error:
        if given.json:  # a program reads where each mistake stands
            say_json({"problems": [problem.row_for_json() for problem in error.problems], "more": error.more})
        print("\n".join(error.lines()), file=sys.stderr)
    except InvalidTerms as error:
        if given.json:
            say_json({"problems": [{"sentence": sentence} for sentence in error.sentences], "more": 0})
        print("\n".join(error.sentences), file=sys.stderr)
    except NotWritten as error:
        print(error, file=sys.stderr)
    except TooLarge as error:
        print(f"This question is too large for this machine ({error}). Give a nearer deadline or a larger money unit.",
              file=sys.stderr)
    except (BackendMismatch, UnknownBackend) as error:
        print(f"{str(error).rstrip('.')}. WAYSTATION_BACKEND may be native, numpy or auto.", file=sys.stderr)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.", file=sys.stderr)
    return BAD_INPUT
