"""移交清单, as the office says it: whole files, on numbered lists, handed over once."""

from datetime import date

import pytest

from engine.authoring import InvalidAnswers, NotAllowed, NotFound, Refusal
from engine.work import Work
from models.archives import Transfer
from processes.registers import archives
from processes.registers.archives import ClosedFile, Handover
from tests import correcting
from tests.asking import ALREADY_PUBLIC, Asked, answered, drafted, examined, received
from tests.office import Actor, Matter, Office, refused

HANDOVER = Handover(date(2026, 3, 2), "文静", "云川区档案馆", "吕平")
YEAR, THIRTY = 2026, "30年"


def closed_request(office: Office) -> Asked:
    """A request that was answered by post and archived."""
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    answered(office, asked)
    return asked


def closed_correction(office: Office) -> Matter:
    """A correction that was decided, told and archived, to be kept ten years."""
    matter = correcting.decided(office)
    for step in ("approve_correction", "serve_correction", "archive_correction"):
        correcting.does(office, matter, step)
    return matter


def waiting(office: Office) -> list[ClosedFile]:
    """Return what 区财政局 has to hand over, with what it lacks."""
    with office.wen.work() as work:
        found = archives.waiting(work, office.organisation(work, "区财政局"))
        return [archives.checked(work, each) for each in found]


def draws_up(person: Actor, *files: Matter, retention: str = THIRTY) -> str:
    """造移交清单; returns its public id."""
    with person.work() as work:
        agency = person.office.organisation(work, "区财政局")
        chosen = [each.case(work).public_id for each in files]
        return archives.draw_up(work, agency, YEAR, retention, chosen).public_id


def the_list(work: Work, public_id: str) -> Transfer:
    """Return a list for its reader."""
    return archives.list_of(work, public_id)


def test_what_is_archived_waits_with_its_year_and_retention(office: Office) -> None:
    request, correction = closed_request(office), closed_correction(office)
    received(office, "2026-03-02")
    files = waiting(office)
    assert [(each.kind, each.retention, each.missing) for each in files] == [
        ("依申请公开", "30年", ()),
        ("信息更正", "10年", ()),
    ]
    assert files[0].number == request.number
    with office.engine.read() as work:
        assert files[1].number == correction.case(work).number


def test_a_list_has_a_number_and_the_files_their_places(office: Office) -> None:
    first, second = closed_request(office), closed_request(office)
    public_id = draws_up(office.wen, second, first)
    with office.luo.work() as work:
        transfer = the_list(work, public_id)
        assert transfer.number == "移交500199003-2026-0001"
        files = archives.files_on(work, transfer)
        assert [(n, each.number) for n, each in files] == [
            (1, first.number),
            (2, second.number),
        ]
    assert first.history[-1] == "文静列入移交清单移交500199003-2026-0001，第1件。"
    assert waiting(office) == []


def test_files_of_one_retention_make_one_list(office: Office) -> None:
    request, correction = closed_request(office), closed_correction(office)
    with refused(Refusal):
        draws_up(office.wen, request, correction)
    with refused(Refusal):
        draws_up(office.wen)
    draws_up(office.wen, correction, retention="10年")
    assert [each.number for each in waiting(office)] == [request.number]


def test_a_file_is_on_one_list_at_most(office: Office) -> None:
    asked = closed_request(office)
    draws_up(office.wen, asked)
    with refused(Refusal):
        draws_up(office.wen, asked)


def test_a_letter_that_came_back_is_missing(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    office.luo.does(asked, "sign_answer", outcome="signed")
    answer = {"way": "direct", "sent_on": "2026-03-02", "served_on": "2026-03-02"}
    office.wen.does(asked, "serve_answer", outcome="served", **answer)
    office.wen.does(asked, "archive_request", outcome="archived", retention=THIRTY)
    (file,) = waiting(office)
    (sentence,) = file.missing
    assert sentence.endswith("没有送达凭证")
    with refused(Refusal) as refusal:
        draws_up(office.wen, asked)
    assert "还不齐全，不能移交" in refusal.value.message


def test_a_file_whose_case_goes_on_is_not_whole(office: Office) -> None:
    asked = closed_request(office)
    (file,) = waiting(office)
    assert file.missing == ()
    with office.wen.work() as work:
        work.session.get_one(type(asked.case(work)), asked.id).status = "open"
    (file,) = waiting(office)
    assert file.missing == ("事项还没有办结",)


def test_who_gave_and_who_took_stands_in_every_file(office: Office) -> None:
    asked = closed_request(office)
    public_id = draws_up(office.wen, asked)
    with office.wen.work() as work:
        archives.hand_over(work, the_list(work, public_id), HANDOVER)
    assert asked.history[-1] == (
        "2026年3月2日移交云川区档案馆（清单移交500199003-2026-0001，第1件），"
        "移交人文静，接收人吕平。"
    )
    # It stays readable, and says where it is.
    assert office.wen.sees(asked)
    with office.wen.work() as work:
        transfer = archives.of_case(work, asked.case(work))
        assert transfer is not None
        assert transfer.receiver == "云川区档案馆"
        with refused(Refusal):
            archives.hand_over(work, transfer, HANDOVER)
        with refused(Refusal):
            archives.void(work, transfer, "造错了")


@pytest.mark.parametrize(
    ("handover", "field"),
    [
        (Handover(date(2026, 3, 3), "文静", "档案馆", "吕平"), "on"),
        (Handover(date(2026, 3, 1), "文静", "档案馆", "吕平"), "on"),
        (Handover(date(2026, 3, 2), "", "档案馆", "吕平"), "handed_by"),
        (Handover(date(2026, 3, 2), "文静", "", "吕平"), "receiver"),
        (Handover(date(2026, 3, 2), "文静", "档案馆", ""), "received_by"),
    ],
)
def test_a_handover_is_whole_and_not_to_come(
    office: Office, handover: Handover, field: str
) -> None:
    public_id = draws_up(office.wen, closed_request(office))
    with refused(InvalidAnswers) as invalid, office.wen.work() as work:
        archives.hand_over(work, the_list(work, public_id), handover)
    assert list(invalid.value.errors) == [field]


def test_a_list_that_is_wrong_is_void_and_its_number_stays(office: Office) -> None:
    asked = closed_request(office)
    public_id = draws_up(office.wen, asked)
    with office.wen.work() as work:
        archives.void(work, the_list(work, public_id), "漏了两件")
    assert [each.number for each in waiting(office)] == [asked.number]
    again = draws_up(office.wen, asked)
    with office.wen.work() as work:
        assert the_list(work, again).number == "移交500199003-2026-0002"


def test_heads_read_and_clerks_keep(office: Office) -> None:
    asked = closed_request(office)
    with refused(NotAllowed):
        draws_up(office.luo, asked)
    public_id = draws_up(office.wen, asked)
    with office.dai.work() as work, refused(NotFound):
        the_list(work, public_id)
    with office.shen.work() as work, refused(NotAllowed):
        archives.agencies_of(work)
