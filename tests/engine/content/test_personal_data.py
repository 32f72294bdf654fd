"""Numbers by which a person is found are found themselves, and nothing else is."""

import pytest

from engine.content.blocks import Reading
from engine.content.checks.stream import Stream
from engine.content.checks.values import mask
from engine.content.personal_data import find
from tests.engine.content.documents import reading, sheet


def told(checked: Reading | str) -> list[tuple[str, str, str]]:
    """Return what is found: kind, text and suggestion."""
    if isinstance(checked, str):
        checked = reading(checked)
    stream = Stream(checked.blocks)
    return [
        (value.code, stream.text[value.start : value.end], value.suggestion)
        for value in find(stream)
    ]


def found(text: str) -> list[tuple[str, str]]:
    """Return what is found in a text: kind and text."""
    return [(code, value) for code, value, _ in told(text)]


@pytest.mark.parametrize(
    "number",
    [
        "110101198001010010",
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105\u200b19491231002X",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(number: str) -> None:
    text = f"申请人王某（公民身份号码{number}）领取。"
    assert told(text) == [("identity_number", number, "redact")]


def test_an_identity_number_needs_no_words_beside_it() -> None:
    assert found("1 王某 110101198001010010 合格") == [
        ("identity_number", "110101198001010010")
    ]


@pytest.mark.parametrize(
    "number",
    [
        "110101198001010011",  # The check digit is another.
        "110101198013010015",  # There is no thirteenth month.
        "990101198001010014",  # There is no such province.
        "1101011980010100101",  # One digit too many.
    ],
)
def test_eighteen_digits_alone_are_no_identity_number(number: str) -> None:
    assert found(f"项目 {number} 已立项") == []


def test_a_mistyped_identity_number_is_found_by_the_word_beside_it() -> None:
    assert found("身份证号：110101198001010011") == [
        ("identity_number", "110101198001010011")
    ]


def test_an_old_identity_number_is_found_by_the_word_beside_it() -> None:
    assert found("身份证：110105491231002") == [("identity_number", "110105491231002")]
    assert found("合同编号：110105491231002") == []


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "1380013 8000",
        "8613800138000",
        "１３８００１３８０００",
        "1380\u200b0138000",
    ],
)
def test_a_mobile_telephone_is_found_however_it_is_written(number: str) -> None:
    assert told(f"联系人：王某，{number}。") == [("mobile_phone", number, "redact")]


def test_each_of_several_telephones_is_found() -> None:
    text = "王某 13800138000/13900139000 159 0013 8000 158 0013 8000"
    assert [value for _, value in found(text)] == [
        "13800138000",
        "13900139000",
        "159 0013 8000",
        "158 0013 8000",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "安排资金13800138000元",
        "安排资金13800138000.50元",
        "项目编号13800138000",
        "索引号 2026-13800138000",
        "校验值 a13800138000f",
        "订单138001380001",
        "共1500 2000 3000 500人",
        "各镇 150 2000 3000 1200 800 公顷",
        "网站标识码:5001990001",
        "渝公网安备50019902000058号",
        "索引号 500199001/2026-00031",
        "发布日期20260309，文号〔2026〕18号",
    ],
)
def test_other_numbers_are_no_telephones(text: str) -> None:
    assert found(text) == []


def test_a_telephone_beside_office_words_may_be_public() -> None:
    assert told("联系电话：023-47520001") == [("landline", "023-47520001", "look")]
    assert told("监督电话：47520001、47520002") == [
        ("landline", "47520001", "look"),
        ("landline", "47520002", "look"),
    ]
    assert told("主办单位:区政府办公室 网站标识码:5001990001 023-47520001") == [
        ("landline", "023-47520001", "look")
    ]


def test_a_telephone_of_which_nothing_is_said_is_redacted() -> None:
    assert told("王某 023-47520001") == [("landline", "023-47520001", "redact")]
    assert told("家庭电话：47520001") == [("landline", "47520001", "redact")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("拨打12345热线反映", "12345"),
        ("消费投诉举报电话12315", "12315"),
        ("拨打110报警", "110"),
        ("南城服务热线96016", "96016"),
        ("客服400-820-0001", "400-820-0001"),
    ],
)
def test_a_hotline_is_for_everybody(text: str, number: str) -> None:
    assert told(text) == [("landline", number, "look")]


@pytest.mark.parametrize(
    "text", ["共110个", "12345元", "编号96016", "第120条", "119平方米"]
)
def test_an_amount_is_no_hotline(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6217000000000000012", "6217000000000000012"),
        ("6222020000000015", "6222020000000015"),
        ("6222 0200 0000 0015", "6222 0200 0000 0015"),
        ("银行卡号：4111111111111111", "4111111111111111"),
    ],
)
def test_a_bank_card_is_found_by_its_check_digit(text: str, number: str) -> None:
    assert told(text) == [("bank_card", number, "redact")]


@pytest.mark.parametrize(
    "text", ["6217000000000000013", "4111111111111111", "流水号6222020000000015"]
)
def test_other_long_numbers_are_no_bank_cards(text: str) -> None:
    assert found(text) == []


def test_an_account_without_check_digit_is_looked_at() -> None:
    assert told("账号：6217000000000000013") == [
        ("bank_card", "6217000000000000013", "look")
    ]


def test_a_credit_code_is_looked_at_for_it_may_have_to_be_published() -> None:
    assert told("云川某公司（91110105MA00000012）") == [
        ("credit_code", "91110105MA00000012", "look")
    ]
    assert found("批次91110105MA00000013") == []
    assert found("统一社会信用代码：91110105MA00000013") == [
        ("credit_code", "91110105MA00000013")
    ]


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("护照号码E12345678", "passport", "E12345678"),
        ("号牌为渝A12345的车辆", "vehicle_plate", "渝A12345"),
        ("号牌渝AD12345", "vehicle_plate", "渝AD12345"),
        ("邮箱wang.mou@example.com。", "email", "wang.mou@example.com"),
        ("家庭住址：云川区幸福路12号3单元402室，已核", "home_address", None),
        ("当事人王某，男，住云川区幸福路12号。", "home_address", "云川区幸福路12号"),
    ],
)
def test_other_traces_of_a_person(text: str, code: str, value: str | None) -> None:
    assert found(text) == [(code, value or "云川区幸福路12号3单元402室")]


@pytest.mark.parametrize(
    "text",
    [
        "渝ICP备20260001号",
        "京B2-20260001",
        "办公地址：云川区幸福路12号",
        "住房保障第3号",
        "现住院12号床",
        "批准文号E12345678",
        "《住宅设计规范》第12号",
    ],
)
def test_what_only_looks_like_a_trace_of_a_person(text: str) -> None:
    assert found(text) == []


def test_the_mailbox_of_an_office_may_be_public() -> None:
    assert told("gongkai@yunchuan.gov.cn") == [
        ("email", "gongkai@yunchuan.gov.cn", "look")
    ]


def test_a_number_that_a_line_breaks_is_found_in_both_lines() -> None:
    assert found("身份证号110105194912\n31002X") == [
        ("identity_number", "110105194912"),
        ("identity_number", "31002X"),
    ]
    assert found("手机1380013\n8000") == [
        ("mobile_phone", "1380013"),
        ("mobile_phone", "8000"),
    ]


def test_lines_that_end_and_begin_with_figures_are_no_number() -> None:
    assert found("2026年共138\n20260309 发布") == []


def test_the_head_of_a_column_tells_what_its_cells_are() -> None:
    listed = sheet(
        ["补贴名单"],
        ["姓名", "身份证号", "办公电话", "住址"],
        ["王某", "110105491231002", "47520001", "幸福路12号3单元"],
    )
    assert told(listed) == [
        ("identity_number", "110105491231002", "redact"),
        ("landline", "47520001", "look"),
        ("home_address", "幸福路12号3单元", "redact"),
    ]


def test_a_column_of_amounts_has_no_telephones() -> None:
    assert told(sheet(["电话", "金额"], ["47520001", "47520002"])) == [
        ("landline", "47520001", "look")
    ]


@pytest.mark.parametrize(
    ("code", "value", "masked"),
    [
        ("identity_number", "11010519491231002X", "110*************2X"),
        ("identity_number", "110105491231002", "110**********02"),
        ("mobile_phone", "13800138000", "138****8000"),
        ("mobile_phone", "138-0013-8000", "138-****-8000"),
        ("mobile_phone", "8613800138000", "86138****8000"),
        ("landline", "023-47520001", "023-******01"),
        ("landline", "（023）47520001", "（023）******01"),
        ("bank_card", "6222 0200 0000 0015", "**** **** **** 0015"),
        ("credit_code", "91110105MA00000012", "91************0012"),
        ("passport", "E12345678", "E******78"),
        ("vehicle_plate", "渝A12345", "渝A***45"),
        ("email", "wang.mou@example.com", "w***.***@example.com"),
        ("home_address", "云川市北城区幸福路12号", "云川市北城区******"),
        ("home_address", "幸福小区3号楼402室", "***********"),
    ],
)
def test_what_is_published_of_a_value(code: str, value: str, masked: str) -> None:
    assert mask(code, value) == masked
    assert len(masked) == len(value)
