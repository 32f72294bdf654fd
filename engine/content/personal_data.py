"""What identifies a person or a firm in a document's text."""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from engine.content.checks.digits import Number, broken, numbers
from engine.content.checks.stream import Stream
from engine.content.checks.telephones import MOBILE, is_mobile, landlines
from engine.content.checks.values import Value, apart, mask

IDENTITY_NUMBER = "identity_number"
BANK_CARD = "bank_card"
CREDIT_CODE = "credit_code"

_MESSAGES = {
    IDENTITY_NUMBER: "公民身份号码，不能完整刊登，用遮盖后的写法",
    "identity_number_wrong": "身份证号，校验位不对。是写错的号码也要遮盖",
    MOBILE: "个人手机号码，公开前遮盖",
    BANK_CARD: "银行卡号，公开前遮盖",
    "bank_card_wrong": "像是银行账号，校验位不符合卡号规则。是个人账号就遮盖",
    CREDIT_CODE: "统一社会信用代码。处罚决定等依法要写明的保留，其余的遮盖",
    "passport": "护照或通行证号码，公开前遮盖",
    "home_address": "个人住址，公开前遮盖到县（区）",
    "email": "个人电子邮箱，公开前遮盖。单位对外公布的邮箱可以保留",
    "email_of_office": "单位的电子邮箱，是对外公布的就保留",
    "vehicle_plate": "机动车号牌，公开前遮盖",
}

#: The first two digits of identity numbers: provinces, and residents from outside.
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_IDENTITY_WORDS = re.compile(r"身份证|身份号码|证件号|居民证")
_CREDIT_WORDS = re.compile(r"信用代码|纳税人识别号|税号")
_CARD_WORDS = re.compile(r"银行|卡号|[账帐]号|[账帐]户|开户|一卡通")
_ACCOUNT = re.compile(r"(?:卡号|[账帐]号|[账帐]户)[^\u4e00-\u9fff]{0,6}\Z")
#: Debit cards begin with UnionPay's number or that of a bank's older series.
_CARDS = re.compile(r"62|60[13]|955[359]|9558[0-9]")
_CARDS_OF_ALL = re.compile(r"[3-69]")

_TELEPHONE_WORDS = re.compile(r"电话|手机|联系")

#: Numbers of files and machines, which may look like a telephone or a card.
_OTHER_NUMBER = re.compile(
    r"(?:标识码|备案号?|网安备|编号|编码|代码|订单号?|流水号|文号|案号|卷号|档号|受理号"
    r"|许可证号?|合同号|批号|条码)[^\u4e00-\u9fff\d]{0,3}\Z"
)
_AMOUNT = re.compile(r"\.\d|\s?(?:[元万亿吨米%％]|平方|立方|公[里斤顷]|千[克米])")

_CODE = re.compile(
    r"(?<![0-9A-Za-z])[1-9NY][1-9][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.%+-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}"
    r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{7,10}(?![A-Za-z0-9])")
_PASSPORT_WORDS = re.compile(r"护照|通行证")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
    r"[ ·•.]?(?=[A-Z]{0,2}\d)(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]"
    r"|[A-HJ-NP-Z0-9]{6})(?![A-Za-z0-9-])"
)
_ADDRESS_WORDS = re.compile(
    r"(?:家庭|居住|现居|户籍)(?:住址|地址)|户籍(?:所在)?地|户口所在地|现?住址|居住地"
    r"|家住|现住(?!院)|(?<=[，,])住(?![院房宅])"
)
#: Where a house is named, with its number.
_HOUSE = (
    r"[^，。；;,、\n]{0,50}[0-9一二三四五六七八九十百〇零]"
    r"(?:号楼?|室|栋|幢|单元|弄|座|组|社|楼)"
    r"(?:[0-9A-Za-z-]{1,8}(?![0-9A-Za-z]))?"
)
_ADDRESS = re.compile(
    rf"(?:{_ADDRESS_WORDS.pattern})[:：为是在于]{{0,2}}\s{{0,3}}({_HOUSE})"
)
_ADDRESS_CELL = re.compile(_HOUSE)


def find(stream: Stream) -> list[Value]:
    """Find the values in a text, each once, by the most particular of their kinds."""
    return apart(_candidates(stream))


def _candidates(stream: Stream) -> Iterator[Value]:
    yield from _emails(stream)
    for match in _CODE.finditer(stream.plain):
        if _is_credit_code(stream, match):
            yield _value(stream, match.span(), CREDIT_CODE, look=True)
    long_numbers = list(numbers(stream.plain))
    for kind in (_identity_number, _bank_card, _mobile_phone):
        for number in long_numbers:
            yield from kind(stream, number)
    for first, second in broken(stream.plain):
        yield from _broken(stream, first, second)
    for match in _PASSPORT.finditer(stream.plain):
        if _PASSPORT_WORDS.search(stream.before(match.start(), 16)):
            yield _value(stream, match.span(), "passport")
    yield from landlines(stream)
    for match in _PLATE.finditer(stream.plain):
        yield _value(stream, match.span(), "vehicle_plate")
    yield from _addresses(stream)


def _emails(stream: Stream) -> Iterator[Value]:
    for match in _EMAIL.finditer(stream.plain):
        office = match[0].lower().endswith(".gov.cn")
        kind = "email_of_office" if office else "email"
        yield _value(stream, match.span(), "email", kind, look=office)


def _addresses(stream: Stream) -> Iterator[Value]:
    for match in _ADDRESS.finditer(stream.plain):
        yield _value(stream, match.span(1), "home_address")
    for start, end in stream.cells_below(_ADDRESS_WORDS):
        cell = _ADDRESS_CELL.match(stream.plain, start, end)
        if cell:
            yield _value(stream, cell.span(), "home_address")


def _value(
    stream: Stream,
    span: tuple[int, int],
    code: str,
    kind: str | None = None,
    *,
    look: bool = False,
) -> Value:
    start, end = span
    masked = mask(code, stream.text[start:end])
    message = _MESSAGES[kind or code]
    return Value(start, end, code, message, "look" if look else "redact", masked)


def _is_credit_code(stream: Stream, match: re.Match[str]) -> bool:
    code = match[0].upper()
    if _CREDIT_WORDS.search(stream.before(match.start(), 20)):
        return True
    return uscc.is_valid(code) and not _is_identity_number(code)


def _is_identity_number(digits: str) -> bool:
    return (
        _is_like_identity_number(digits) and ric.calc_check_digit(digits) == digits[-1]
    )


def _is_like_identity_number(digits: str) -> bool:
    """Whether place and birth date are possible.

    The place is looked at no closer than the province: people keep the numbers of
    counties that are gone, and a new county's were given to people born before it.
    """
    if not re.fullmatch(r"\d{6}(?:19|20)\d{9}[\dX]", digits):
        return False
    try:
        ric.get_birth_date(digits)
    except ValidationError:
        return False
    return _PROVINCES.match(digits) is not None


def _identity_number(stream: Stream, number: Number) -> Iterator[Value]:
    digits = number.digits
    if len(digits) == 15:
        # The number of before 1999 has no century and no check digit.
        digits = f"{digits[:6]}19{digits[6:]}0"
    elif _is_identity_number(digits):
        yield _value(stream, (number.start, number.end), IDENTITY_NUMBER)
        return
    if _is_like_identity_number(digits) and _IDENTITY_WORDS.search(
        stream.before(number.start)
    ):
        kind = IDENTITY_NUMBER if len(number.digits) == 15 else "identity_number_wrong"
        yield _value(stream, (number.start, number.end), IDENTITY_NUMBER, kind)


def _bank_card(stream: Stream, number: Number) -> Iterator[Value]:
    digits = number.digits
    if not 16 <= len(digits) <= 19 or not digits.isdigit():
        return
    if set(number.groups[:-1]) - {1, 4, 6} or _is_another_number(stream, number):
        return
    before = stream.before(number.start)
    cards = _CARDS_OF_ALL if _CARD_WORDS.search(before) else _CARDS
    if cards.match(digits) and luhn.is_valid(digits):
        yield _value(stream, (number.start, number.end), BANK_CARD)
    elif _ACCOUNT.search(before):
        place = number.start, number.end
        yield _value(stream, place, BANK_CARD, "bank_card_wrong", look=True)


#: How people part the eleven digits of mobile telephones, one or more in a row; other
#: neighbours make them the figures of a table.
_MOBILE = r"(?:(?:2|4) )?(?:11|3 4 4|3 8|7 4|1(?: 1){10})"
_MOBILES = re.compile(rf"{_MOBILE}(?: {_MOBILE})*")


def _mobile_phone(stream: Stream, number: Number) -> Iterator[Value]:
    if not is_mobile(number.digits) or _is_another_number(stream, number):
        return
    if len(number.groups) == 1:
        if _AMOUNT.match(stream.plain, number.end):
            return
    elif not (_is_like_mobile(number.groups) and _is_like_mobile(number.row)):
        return
    yield _value(stream, (number.start, number.end), MOBILE)


def _is_like_mobile(groups: tuple[int, ...]) -> bool:
    return _MOBILES.fullmatch(" ".join(map(str, groups))) is not None


def _is_another_number(stream: Stream, number: Number) -> bool:
    """Whether these digits are a part of some other number, or another's number."""
    before = stream.before(number.start)
    after = stream.after(number.end)
    if _OTHER_NUMBER.search(before):
        return True
    if re.search(r"\d\.\Z|[¥$]\Z|(?<!\d)\d{1,6}/\Z", before):
        return True
    joined = re.search(r"(?<!\d)(\d{1,6})-\Z", before)
    if joined and joined[1] not in {"86", "0086"}:
        return True
    between_letters = before[-1:].isascii() and before[-1:].isalpha()
    return bool(
        re.match(r"\.\d|-\d{1,6}(?!\d)", after)
        or (between_letters and re.match(r"[A-Za-z]", after))
    )


def _broken(stream: Stream, first: Number, second: Number) -> Iterator[Value]:
    """Tell of a number that goes on in the next line."""
    if any(stream.block_at(half.start)[0].kind == "cell" for half in (first, second)):
        return
    digits = first.digits + second.digits
    if _is_identity_number(digits):
        code = IDENTITY_NUMBER
    elif is_mobile(digits) and _TELEPHONE_WORDS.search(stream.before(first.start)):
        code = MOBILE
    elif digits.startswith("62") and len(digits) >= 16 and luhn.is_valid(digits):
        code = BANK_CARD
    else:
        return
    message = f"{_MESSAGES[code]}（号码分在两行）"
    for half in (first, second):
        stars = "*" * (half.end - half.start)
        yield Value(half.start, half.end, code, message, "redact", stars)
