"""The engine of an installation, assembled from its settings."""

import processes
from config.settings import Settings
from engine.check import HouseRules
from engine.clock import Clock
from engine.database import Database
from engine.definitions import Definitions, discover, house_rules
from engine.file_store import FileStore
from engine.personal import Cipher
from engine.prepared import PreparedStore
from engine.work import Engine
from processes.registers.search_sources import SOURCES


def assemble(settings: Settings, clock: Clock) -> Engine:
    """Return the engine over the installation's database, files and keys."""
    cipher = Cipher.from_file(settings.data_key)
    return Engine(
        database=Database(settings.database_url),
        clock=clock,
        definitions=Definitions(discover(processes)),
        files=FileStore(settings.files, cipher),
        cipher=cipher,
        prepared=PreparedStore(settings.prepared, cipher),
        sources=SOURCES,
    )


def house_rules_of(folder: str) -> HouseRules | None:
    """Return what the check may expect beside a process folder's diagram."""
    found = discover(processes)
    for process in found:
        if process.folder.name == folder:
            return house_rules(process, found)
    return None
