"""What must be known before the database opens; all else is a setting inside of it."""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """One installation's settings, from the environment.

    GONGKAI_VAR: the folder with data, files and keys; default var/ in the project.
    DATABASE_URL: sqlite:///PATH or postgresql://...; default SQLite in that folder.
    GONGKAI_DATA_KEY: the file with the key of personal data. Keep it elsewhere than
        the database and its backups; without it, personal data cannot be read.
    GONGKAI_PROXY: the address of the reverse proxy in front of the server; it alone is
        believed when it says where a visitor comes from. Without it all who come
        through a proxy look like one visitor, and share one visitor's bounds.
    """

    var: Path
    database_url: str
    data_key: Path
    proxy: str | None = None

    @classmethod
    def read(cls, database: str | None = None) -> "Settings":
        """Read the environment; `database` is what the command line says."""
        var = Path(os.environ.get("GONGKAI_VAR", ROOT / "var")).resolve()
        default = f"sqlite:///{var / 'gongkai.db'}"
        return cls(
            var=var,
            database_url=database or os.environ.get("DATABASE_URL") or default,
            data_key=Path(
                os.environ.get("GONGKAI_DATA_KEY", var / "keys" / "data.key")
            ),
            proxy=os.environ.get("GONGKAI_PROXY") or None,
        )

    @property
    def files(self) -> Path:
        """The content-addressed store of files."""
        return self.var / "files"

    @property
    def prepared(self) -> Path:
        """What was computed from files; it may be lost without harm."""
        return self.var / "prepared"

    @property
    def channels(self) -> Path:
        """Where bundles for other systems are laid."""
        return self.var / "channels"

    @property
    def assets(self) -> Path:
        """The front-end libraries that the set-up has fetched."""
        return ROOT / ".assets"

    def session_key(self) -> bytes:
        """Return the key that signs sessions; made at first use."""
        path = self.var / "keys" / "session.key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(token_bytes(32))
        return path.read_bytes()


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
