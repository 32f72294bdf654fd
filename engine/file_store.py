"""The folder with the bytes of files: written once, found by content, erased whole."""

import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from engine.errors import BadFile, Refusal
from engine.personal import Cipher
from models.records import StoredFile


@dataclass(frozen=True)
class Place:
    """Where the bytes of a file lie, and what they are; outlives its transaction."""

    name: str
    address: str
    sha256: str
    encrypted: bool

    @classmethod
    def of(cls, file: StoredFile) -> "Place":
        """Return the place of a stored file."""
        return cls(file.name, file.address, file.sha256, file.encrypted)


@dataclass(frozen=True)
class Lying:
    """What lies in one part of the store, by address."""

    #: How the addresses begin.
    prefix: str
    #: Where all bytes of a file lie, and where something lies that was not finished.
    whole: set[str] = field(default_factory=set)
    unfinished: set[str] = field(default_factory=set)


class FileStore:
    """The folder with the bytes, by address; rows in the database name them."""

    def __init__(self, folder: Path, cipher: Cipher) -> None:
        self._folder = folder
        self._cipher = cipher

    def address(self, digest: str, *, encrypted: bool) -> str:
        """Return where bytes with this sha256 lie."""
        return self._cipher.blind("file", digest) if encrypted else digest

    def put(self, data: bytes, *, encrypted: bool) -> str:
        """Write bytes durably before the transaction commits; return their address.

        Those of a file whose transaction never commits lie there, encrypted, without
        a row; a row never points at bytes that are not there.
        """
        address = self.address(sha256(data).hexdigest(), encrypted=encrypted)
        path = self._path(address)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f"{path.name}.{token_hex(4)}.part")
            with partial.open("wb") as stream:
                stream.write(self._cipher.seal(data) if encrypted else data)
                stream.flush()
                os.fsync(stream.fileno())
            partial.rename(path)
        return address

    def get(self, file: StoredFile | Place) -> bytes:
        """Return the bytes of a file.

        Raises:
            BadFile: they are gone, or are not those that were stored.
        """
        path = self._path(file.address)
        if not path.exists():
            msg = f"文件“{file.name}”的内容不在了，请找系统管理员。"
            raise BadFile(msg)
        data = path.read_bytes()
        if file.encrypted:
            data = self._opened(file, data)
        if not hmac.compare_digest(sha256(data).hexdigest(), file.sha256):
            msg = f"文件“{file.name}”的内容与存入时不一致，请找系统管理员。"
            raise BadFile(msg)
        return data

    def _opened(self, file: StoredFile | Place, data: bytes) -> bytes:
        try:
            return self._cipher.open(data)
        except Refusal as refusal:
            msg = f"文件“{file.name}”打不开：密钥不对，或者内容被改动。请找系统管理员。"
            raise BadFile(msg) from refusal

    def bytes_at(self, address: str) -> bytes:
        """Return the bytes of an unencrypted file by its address."""
        return self._path(address).read_bytes()

    def erase(self, address: str) -> None:
        """Write over bytes and remove them; where that was interrupted, go on."""
        erase_path(self._path(address))
        self.erase_unfinished(address)

    def erase_unfinished(self, address: str) -> None:
        """Erase what a killed act has left beside the bytes at an address."""
        path = self._path(address)
        for left in path.parent.glob(f"{path.name}.*"):
            erase_path(left)

    def has(self, address: str) -> bool:
        """Tell whether bytes lie at an address."""
        return self._path(address).exists()

    def lying(self) -> Iterator[Lying]:
        """Yield what lies here, by the first signs of its address."""
        for folder in sorted(self._folder.glob("??")):
            lying = Lying(folder.name)
            for path in folder.iterdir():
                name, _, unfinished = path.name.partition(".")
                places = lying.unfinished if unfinished else lying.whole
                places.add(folder.name + name)
            yield lying

    def _path(self, address: str) -> Path:
        return self._folder / address[:2] / address[2:]


def erase_path(path: Path) -> None:
    """Write over a file and remove it; where that was interrupted, go on.

    It loses its name first, so that nobody finds it half written over.
    """
    going = path.with_name(f"{path.name}.erased")
    if path.exists():
        path.replace(going)
    if going.exists():
        with going.open("r+b") as stream:
            stream.write(bytes(going.stat().st_size))
            stream.flush()
            os.fsync(stream.fileno())
        going.unlink()
