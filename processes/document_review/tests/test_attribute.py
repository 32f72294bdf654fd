"""公开属性: what a ground must be, by which law, and with what beside it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidAnswers
from models.documents import Attribute
from processes.registers.grounds import (
    GROUNDS,
    STATE_SECRETS,
    choices,
    cites_a_law,
    objections,
)
from tests.office import NOT_PUBLIC, ON_REQUEST, Office, refused

DAYS = st.dates(date(1990, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("ground", ["forbidden", "safety"])
def test_what_must_be_refused_to_everybody_is_not_given_on_request(
    office: Office, ground: str
) -> None:
    # 《政府信息公开条例》Art 14 against Art 13.
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(
            **ON_REQUEST, ground=ground, cited_law="《中华人民共和国统计法》第25条"
        )
    assert invalid.value.errors == {
        "ground": [
            (
                "前后矛盾：条例第14条规定的信息对申请人也不能提供，"
                "要么改为不予公开，要么另选依据"
            )
        ]
    }


@pytest.mark.parametrize(
    "cited",
    [
        "《中华人民共和国统计法》第25条",
        "《民法典》第1034条",
        "《城市供水条例》第3条",
        "《征信业管理条例》第3条",
        "《外国人来华登山管理办法》（国务院令第382号）第5条",
        "《全国人民代表大会常务委员会关于加强网络信息保护的决定》第1条",
    ],
)
def test_a_law_or_an_administrative_regulation_may_forbid_publication(
    cited: str,
) -> None:
    # 《政府信息公开条例》Art 14: 法律、行政法规禁止公开.
    assert cites_a_law(cited)


@pytest.mark.parametrize(
    "cited",
    [
        "《重庆市统计条例》第12条",
        "《深圳经济特区数据条例》第4条",
        "《云川市档案管理条例》第4条",
        "《档案管理违法违纪行为处分规定》",
        "《统计法实施办法》",
        "《关于加强信息管理的通知》",
        "统计法第25条",
    ],
)
def test_a_lower_rule_may_not(cited: str) -> None:
    assert not cites_a_law(cited)


def test_a_ban_on_publication_names_its_law(office: Office) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(**NOT_PUBLIC | {"ground": "forbidden"})
    assert invalid.value.errors == {
        "cited_law": ["写明是哪部法律、行政法规的第几条禁止公开"]
    }
    with refused(InvalidAnswers, match="有几处要改") as invalid:
        office.lin.drafts(
            **NOT_PUBLIC | {"ground": "forbidden", "cited_law": "《云川区保密规定》"}
        )
    assert "地方性法规、规章和文件不能作依据" in invalid.value.errors["cited_law"][0]


@pytest.mark.parametrize("ground", ["trade_secret", "privacy", "third_party"])
def test_somebody_elses_right_is_named_and_the_person_is_not(
    office: Office, ground: str
) -> None:
    # 《政府信息公开条例》Art 15.
    answers = NOT_PUBLIC | {"ground": ground}
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(**answers)
    assert invalid.value.errors == {
        "right_holder": ["写明是谁的权益，只写身份，比如“投标企业”"]
    }
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(**answers, right_holder="住3号楼2单元501室的住户")
    assert invalid.value.errors == {"right_holder": ["只写身份，不写姓名、号码和地址"]}
    matter = office.lin.drafts(**answers, right_holder="申请救助的家庭")
    assert matter.waits_at == ["科室审核"]


def test_a_state_secret_is_no_ground_here_because_it_must_not_be_here(
    office: Office,
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(**NOT_PUBLIC | {"ground": "state_secret"})
    assert "保密审查员线下处理" in invalid.value.errors["ground"][0]
    assert not STATE_SECRETS & {code for code, _ in choices()}


@pytest.mark.parametrize(
    ("formed_on", "ground", "law"),
    [
        ("2019-05-15", "internal", ""),  # Wednesday, the Regulations' first day
        ("2019-05-14", "internal", "选2008年条例的依据"),  # Tuesday
        ("2019-05-14", "safety_2008", ""),
        ("2008-05-01", "safety_2008", ""),  # Thursday
        ("2008-04-30", "safety_2008", "按当时的规定"),  # Wednesday
        ("2008-04-30", "before_2008", ""),
        ("2026-03-02", "before_2008", "选条例的依据"),  # Monday
    ],
)
def test_a_ground_is_judged_by_the_law_of_the_day_of_formation(
    office: Office, formed_on: str, ground: str, law: str
) -> None:
    # 国令711 Art 56; 国令492 Art 38.
    answers = NOT_PUBLIC | {"ground": ground, "formed_on": formed_on}
    if law:
        with refused(InvalidAnswers) as invalid:
            office.lin.drafts(**answers)
        assert invalid.value.errors["ground"][0].endswith(law)
    else:
        assert office.lin.drafts(**answers).waits_at == ["科室审核"]


def test_what_does_not_go_with_the_attribute_does_not_count(office: Office) -> None:
    matter = office.lin.drafts(ground="internal", attribute_reason="写错了地方。")
    assert matter.waits_at == ["科室审核"]


@given(day=DAYS, code=st.sampled_from(sorted(GROUNDS)))
def test_every_day_has_its_own_law(day: date, code: str) -> None:
    wrong = objections(
        Attribute.NOT_PUBLIC,
        code,
        formed_on=day,
        cited_law="《中华人民共和国统计法》第25条",
        right_holder="投标企业",
    )
    ground = GROUNDS[code]
    in_time = ground.valid_from <= day <= ground.valid_to
    assert (wrong == {}) is (in_time and code not in STATE_SECRETS)


@given(day=DAYS, code=st.sampled_from(sorted(GROUNDS)))
def test_a_public_document_has_no_ground_to_object_to(day: date, code: str) -> None:
    assert objections(Attribute.PUBLIC, code, formed_on=day) == {}


@given(day=DAYS)
def test_on_every_day_something_is_offered(day: date) -> None:
    offered: list[Any] = [GROUNDS[code] for code, _ in choices()]
    assert any(ground.is_law_on(day) for ground in offered)
