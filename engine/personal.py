"""Personal data: encrypted under a key outside the database, found by blind index."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select

from engine.errors import Refusal
from engine.work import Work
from models.records import PersonalIndex, PersonalRecord


class Cipher:
    """Encrypts and indexes under keys derived from one installation key."""

    def __init__(self, key: bytes) -> None:
        self._box = AESGCM(_derive(key, b"personal data"))
        self._index_key = _derive(key, b"blind index")

    @classmethod
    def from_file(cls, path: Path) -> "Cipher":
        """Read the installation's key; make it at first use, readable by its owner."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(token_bytes(32))
        return cls(path.read_bytes())

    def seal(self, data: bytes) -> bytes:
        """Encrypt; the result carries its own nonce."""
        nonce = token_bytes(12)
        return nonce + self._box.encrypt(nonce, data, None)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt what `seal` made.

        Raises:
            Refusal: the key is another one, or the data were changed.
        """
        try:
            return self._box.decrypt(sealed[:12], sealed[12:], None)
        except InvalidTag as error:
            msg = "这份加密的数据打不开：密钥不对，或者数据被改动。请找系统管理员。"
            raise Refusal(msg) from error

    def blind(self, field: str, value: str) -> str:
        """Return the keyed digest under which an exact value is found."""
        message = f"{field}\0{''.join(value.split()).upper()}".encode()
        return hmac.new(self._index_key, message, sha256).hexdigest()


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"gongkai " + purpose).derive(key)


def store(
    work: Work, root_id: int, values: Mapping[str, str], *, person_id: int | None = None
) -> PersonalRecord:
    """Keep personal data: sealed as a whole, each field findable by exact value."""
    cipher = work.engine.cipher
    record = PersonalRecord(
        root_id=root_id,
        person_id=person_id,
        sealed=cipher.seal(orjson.dumps(dict(values))),
        recorded_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    work.session.add_all(
        PersonalIndex(
            record_id=record.id,
            field=name,
            root_id=root_id,
            blind=cipher.blind(name, value),
        )
        for name, value in values.items()
        if value
    )
    return record


def seal(work: Work, root_id: int, content: Mapping[str, Any]) -> PersonalRecord:
    """Keep something that tells of persons: sealed as a whole, found by no value."""
    record = PersonalRecord(
        root_id=root_id,
        sealed=work.engine.cipher.seal(orjson.dumps(dict(content))),
        recorded_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    return record


def reseal(work: Work, record: PersonalRecord, content: Mapping[str, Any]) -> None:
    """Put something else into a record that `seal` made."""
    record.sealed = work.engine.cipher.seal(orjson.dumps(dict(content)))
    record.recorded_at = work.now


def unseal(work: Work, record: PersonalRecord) -> dict[str, Any]:
    """Return what `seal` keeps, for an act that shows it to nobody or records that."""
    content: dict[str, Any] = orjson.loads(work.engine.cipher.open(record.sealed))
    return content


def read(work: Work, record: PersonalRecord, purpose: str) -> dict[str, str]:
    """Return the data; the look itself is recorded, its values are not."""
    work.record_outside(
        "access",
        record.root_id,
        "personal_data_read",
        f"{work.actor.name}查看了个人信息，用途：{purpose}。",
        record=record.public_id,
    )
    values: dict[str, str] = orjson.loads(work.engine.cipher.open(record.sealed))
    return values


def find(work: Work, root_id: int, field: str, value: str) -> list[PersonalRecord]:
    """Return the records in which a field has exactly this value."""
    return list(
        work.session.scalars(
            select(PersonalRecord)
            .join(PersonalIndex, PersonalIndex.record_id == PersonalRecord.id)
            .where(
                PersonalIndex.root_id == root_id,
                PersonalIndex.field == field,
                PersonalIndex.blind == work.engine.cipher.blind(field, value),
            )
        )
    )
