#!/usr/bin/env python3
"""Gongkai's one entry: make the set-up where it is missing, then run a command.

The first stage runs on whatever Python was typed, with the standard library alone, and
parses on every Python 3 so that an old one is told what is missing. The second stage
runs inside .venv.
"""

import json
import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
OLDEST = (3, 11)
GUARD = "GONGKAI_SETUP"
CANNOT_SET_UP = 3


def main():
    """Run the command that was typed, inside an up-to-date .venv."""
    missing = lacks(sys.version_info)
    if missing is None and os.name != "posix":
        missing = "Gongkai runs on Linux; on Windows use WSL."
    if missing is not None:
        refuse(missing)
    if ROOT not in sys.path:
        sys.path.insert(0, ROOT)
    # The guard is taken out of the environment, so that no child process inherits it.
    if os.environ.pop(GUARD, None) is None:
        set_up_and_start_again()
    if os.path.realpath(sys.prefix) != os.path.realpath(os.path.join(ROOT, ".venv")):
        refuse("The environment variable %s is not for you to set." % GUARD)
    if testing():
        from config.checks import test

        test(sys.argv[2:], prog_name="run.py test")
    else:
        from config.commands import main as command

        command()


def lacks(version):
    """Say in one line why this version of Python will not do, or answer None."""
    if tuple(version[:2]) >= OLDEST:
        return None
    return "Gongkai needs Python %d.%d or newer; %s is Python %d.%d." % (
        OLDEST + (sys.executable or "this",) + tuple(version[:2])
    )


def testing():
    """Whether the checks are to run; they need more than the other commands."""
    return sys.argv[1:2] == ["test"]


def refuse(line, code=CANNOT_SET_UP):
    """End with one line; a program that asked for JSON gets its document as well."""
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps({"error": "setup", "message": line}) + "\n")
    sys.stderr.write("gongkai: " + line + "\n")
    sys.exit(code)


def set_up_and_start_again():
    """Replace this process by the same command under .venv's Python."""
    from config import bootstrap

    try:
        stamp = bootstrap.ensure(ROOT, test=testing())
        if testing():
            bootstrap.ensure_browser(ROOT)
        python = bootstrap.venv_python(ROOT)
        os.environ[GUARD] = stamp
        os.execv(python, [python, os.path.join(ROOT, "run.py")] + sys.argv[1:])
    except bootstrap.SetupError as error:
        refuse(str(error))
    except OSError as error:
        refuse("The set-up could not be started: %s" % error)
    except KeyboardInterrupt:
        refuse("The set-up was interrupted; nothing has changed.", 130)


if __name__ == "__main__":
    main()
