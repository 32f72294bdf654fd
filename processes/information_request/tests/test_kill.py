"""A server that is killed in the middle of an act leaves nothing half done."""

import pytest

from engine.history import verify
from tests.asking import ALREADY_PUBLIC, clarified, drafted, examined, received, usual
from tests.office import Office
from tests.processes.test_killed import dies

pytestmark = pytest.mark.filterwarnings(
    # The child does one act and is killed; it takes no lock of the parent's threads.
    "ignore:.*multi-threaded, use of fork.*:DeprecationWarning"
)


@pytest.mark.parametrize("moment", [1, 20, 40, "at_rename", "before_commit"])
def test_killed_as_a_notice_goes_out_it_has_not_gone(
    office: Office, moment: int | str
) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "clarify")
    dies(office, moment, lambda: clarified(office, asked, "2026-03-02"))
    assert asked.open_steps == ["send_clarification"]
    assert asked.due == "2026-03-30"
    assert asked.letters == ["receipt"]
    clarified(office, asked, "2026-03-02")
    assert asked.open_steps == ["await_correction"]
    assert asked.letters == ["receipt", "clarification_notice"]


@pytest.mark.parametrize("moment", [1, 20, "before_commit"])
def test_killed_as_an_answer_is_served_it_is_not(
    office: Office, moment: int | str
) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    office.luo.does(asked, "sign_answer", outcome="signed")

    def serves() -> None:
        office.wen.does(asked, "serve_answer", **usual(office, "serve_answer"))

    dies(office, moment, serves)
    assert asked.result == ("", "None")
    assert asked.limit("answer").state == "running"
    serves()
    assert asked.result == ("D01", "2026-03-02")
    with office.engine.read() as work:
        assert verify(work.session) == []
