"""Personal data: sealed, found by exact value, and every look is recorded."""

from pathlib import Path

import pytest
from sqlalchemy import Table, select

from engine import personal
from engine.errors import Refusal
from engine.personal import Cipher
from models.base import Base
from models.records import HistoryEntry, PersonalRecord
from tests.office import Office, refused

ZHANG = {"name": "张三", "id_number": "50019919800101001X", "phone": "13900000000"}


def test_no_table_holds_a_plain_value(office: Office) -> None:
    store(office)
    with office.engine.read() as work:
        everything = [
            str(row)
            for table in Base.metadata.tables.values()
            for row in work.session.execute(select(table))
        ]
    assert not [row for row in everything if any(v in row for v in ZHANG.values())]


def test_the_sealed_bytes_do_not_hold_the_value(office: Office) -> None:
    store(office)
    with office.engine.read() as work:
        sealed = work.session.scalars(select(PersonalRecord.sealed)).one()
    assert "张三".encode() not in sealed


def test_a_record_is_found_by_its_exact_value(office: Office) -> None:
    store(office)
    assert found(office, "id_number", "50019919800101001X") == 1
    assert found(office, "id_number", "500199 19800101 001x") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("id_number", "5001991980010100"), ("phone", "张三"), ("name", "李四")],
)
def test_nothing_is_found_by_part_or_under_another_field(
    office: Office, field: str, value: str
) -> None:
    store(office)
    assert found(office, field, value) == 0


def test_nothing_is_found_from_another_tree(office: Office) -> None:
    store(office)
    with office.engine.read() as work:
        assert personal.find(work, 2, "name", "张三") == []


def test_every_look_is_recorded_without_the_values(office: Office) -> None:
    store(office)
    with office.lin.work() as work:
        record = work.session.scalars(select(PersonalRecord)).one()
        assert personal.read(work, record, "寄送答复书") == ZHANG
    with office.engine.read() as work:
        told = work.session.scalars(
            select(HistoryEntry).filter_by(event="personal_data_read")
        ).one()
        assert told.sentence == "林晓雯查看了个人信息，用途：寄送答复书。"
        assert list(told.data) == ["record"]


def test_an_empty_field_is_not_indexed(office: Office) -> None:
    with office.lin.work() as work:
        personal.store(work, office.root_id, {"name": "张三", "phone": ""})
    assert found(office, "phone", "") == 0


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    sealed = Cipher.from_file(tmp_path / "one.key").seal(b"secret")
    with refused(Refusal, match="密钥不对"):
        Cipher.from_file(tmp_path / "two.key").open(sealed)


def test_changed_data_are_not_opened(tmp_path: Path) -> None:
    cipher = Cipher.from_file(tmp_path / "data.key")
    sealed = cipher.seal(b"secret")
    with refused(Refusal, match="数据被改动"):
        cipher.open(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_two_seals_of_one_value_look_different(tmp_path: Path) -> None:
    cipher = Cipher.from_file(tmp_path / "data.key")
    assert cipher.seal(b"secret") != cipher.seal(b"secret")


def test_the_key_is_made_once_and_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "data.key"
    sealed = Cipher.from_file(path).seal(b"secret")
    assert Cipher.from_file(path).open(sealed) == b"secret"
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_one_value_under_two_fields_has_two_digests(tmp_path: Path) -> None:
    cipher = Cipher.from_file(tmp_path / "data.key")
    assert cipher.blind("name", "张三") != cipher.blind("agent", "张三")


def test_personal_data_have_tables_of_their_own() -> None:
    # History, tasks and process data name a record by its id alone.
    tables: list[Table] = list(Base.metadata.sorted_tables)
    holding = [table.name for table in tables if "sealed" in table.columns]
    assert holding == ["personal_record"]


def store(office: Office) -> None:
    """Keep the data of a resident."""
    with office.lin.work() as work:
        personal.store(work, office.root_id, ZHANG)


def found(office: Office, field: str, value: str) -> int:
    """Return how many records have exactly this value."""
    with office.engine.read() as work:
        return len(personal.find(work, office.root_id, field, value))
