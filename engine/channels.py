"""Channels as folders: a bundle of metadata and file, picked up by other systems."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from engine.files import FileStore
from engine.outbox import Deliver


def folder_channel(folder: Path, store: FileStore) -> Deliver:
    """Return a channel that lays each bundle in a folder of its own.

    A repeat of the same key writes the same bundle again and leaves no second one;
    metadata.json comes last, so that its presence means the bundle is whole.
    """

    def deliver(key: str, payload: Mapping[str, Any]) -> None:
        bundle = folder / key.replace(":", "-")
        bundle.mkdir(parents=True, exist_ok=True)
        (bundle / "content").write_bytes(store.bytes_at(payload["file"]))
        partial = bundle / "metadata.part"
        with partial.open("wb") as stream:
            stream.write(orjson.dumps(payload, option=orjson.OPT_INDENT_2))
            stream.flush()
            os.fsync(stream.fileno())
        partial.rename(bundle / "metadata.json")

    return deliver
