"""Ways out of the house: a folder that other systems read, and a call to their door.

A folder gets the files and their metadata; a call gets the metadata, signed.
"""

import hmac
import os
import shutil
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import requests
from sqlalchemy import select

from engine import settings
from engine.errors import Refusal
from engine.file_store import FileStore
from engine.outbox import Deliver
from engine.personal import Cipher
from engine.setting_shapes import is_protected
from engine.work import Engine
from models.workflow import Case, OutboxMessage

#: Seconds that a receiver has to answer.
_PATIENCE = 10

_METADATA, _SUMS, _TAKEN_BACK = "metadata.json", "sha256sums.txt", "taken-back"


def bundle_folder(folder: Path, key: str) -> Path:
    """Return where the bundle of a key lies in a channel's folder."""
    return folder / key.replace(":", "-")


def folder_channel(folder: Path, store: FileStore) -> Deliver:
    """Return a channel that lays each bundle in a folder of its own.

    A repeat of the same key writes the same bundle again and leaves no second one;
    metadata.json comes last, so that its presence means the bundle is whole. A later
    bundle may take earlier ones back: their files go, and do not come again should
    the earlier delivery be repeated after it.
    """

    def deliver(key: str, payload: Mapping[str, Any]) -> None:
        for earlier in payload.get("takes_back", ()):
            _take_back(bundle_folder(folder, earlier))
        bundle = bundle_folder(folder, key)
        if (bundle / _TAKEN_BACK).exists():
            return
        files = payload.get("files", ())
        bundle.mkdir(parents=True, exist_ok=True)
        for file in files:
            path = bundle / file["path"]
            path.parent.mkdir(exist_ok=True)
            _write(path, _checked(store.bytes_at(file["sha256"]), file["sha256"]))
        if files:
            sums = "".join(f"{file['sha256']}  {file['path']}\n" for file in files)
            _write(bundle / _SUMS, sums.encode())
        told = {"key": key, **payload}
        _write(bundle / _METADATA, orjson.dumps(told, option=orjson.OPT_INDENT_2))

    return deliver


def _take_back(bundle: Path) -> None:
    bundle.mkdir(parents=True, exist_ok=True)
    (bundle / _TAKEN_BACK).touch()
    for inside in bundle.iterdir():
        if inside.is_dir():
            shutil.rmtree(inside)
        elif inside.name != _TAKEN_BACK:
            inside.unlink()


def _checked(data: bytes, digest: str) -> bytes:
    if not hmac.compare_digest(sha256(data).hexdigest(), digest):
        msg = "the stored bytes are not those that were published"
        raise ValueError(msg)
    return data


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f"{path.name}.part")
    with partial.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    partial.rename(path)


def webhook(cipher: Cipher, url: str, secret: str) -> dict[str, str]:
    """Return the value of a setting `publication.webhook.<channel>`.

    The secret lies sealed in it: settings and their history can be read by many.

    Raises:
        Refusal: the metadata would travel unprotected.
    """
    if not is_protected(url):
        msg = "接收地址要用 https 开头，只有本机地址可以用 http。"
        raise Refusal(msg)
    return {"url": url, "secret": b64encode(cipher.seal(secret.encode())).decode()}


def webhook_channel(engine: Engine, channel: str) -> Deliver:
    """Return a channel that posts metadata to the address in the settings.

    The receiver tells repeats by `Idempotency-Key` and the sender by
    `X-Gongkai-Signature`: HMAC-SHA256 of the body under the common secret.
    """

    def deliver(key: str, payload: Mapping[str, Any]) -> None:
        target = _target(engine, channel, key)
        if target is None:
            # Taken out of the settings since: nobody waits for it.
            return
        body = orjson.dumps({"key": key, **payload})
        secret = engine.cipher.open(b64decode(target["secret"]))
        answer = requests.post(
            target["url"],
            data=body,
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": key,
                "X-Gongkai-Signature": f"sha256={signature(secret, body)}",
            },
            timeout=_PATIENCE,
            allow_redirects=False,
        )
        if not 200 <= answer.status_code < 300:
            msg = f"the receiver answered {answer.status_code}"
            raise ConnectionError(msg)

    return deliver


def signature(secret: bytes, body: bytes) -> str:
    """Return the signature of a body, in hexadecimal."""
    return hmac.new(secret, body, sha256).hexdigest()


def _target(engine: Engine, channel: str, key: str) -> Mapping[str, str] | None:
    with engine.read() as work:
        message = work.session.scalars(
            select(OutboxMessage).where(OutboxMessage.key == key)
        ).one()
        case = work.session.get(Case, message.case_id) if message.case_id else None
        found: Mapping[str, str] | None = settings.read(
            work.session,
            f"publication.webhook.{channel}",
            on=work.today,
            organisation=case.agency if case else None,
            root_id=message.root_id,
        )
        return found
