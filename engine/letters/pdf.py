"""Letters as PDF, through LibreOffice, where the machine has it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

#: A letter takes a second or two; a hanging program must not hold a page.
_SECONDS = 60

_PROGRAMS = ("soffice", "libreoffice")


def is_available() -> bool:
    """Tell whether this machine can make a PDF of a letter."""
    return _program() is not None


def pdf_of(letter: bytes) -> bytes | None:
    """Return a letter as PDF; None where nothing here can make one.

    The program runs with a profile and a folder of its own, which go with it.
    """
    program = _program()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="gongkai-letter-") as name:
        folder = Path(name)
        source = folder / "letter.docx"
        source.write_bytes(letter)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--safe-mode"),
            *("--convert-to", "pdf:writer_pdf_Export", "--outdir", name, str(source)),
        ]
        try:
            subprocess.run(  # noqa: S603 (our own command line)
                command,
                timeout=_SECONDS,
                check=True,
                capture_output=True,
                cwd=folder,
                stdin=subprocess.DEVNULL,
            )
        except (subprocess.SubprocessError, OSError):
            return None
        made = source.with_suffix(".pdf")
        return made.read_bytes() if made.exists() else None


def _program() -> str | None:
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)
