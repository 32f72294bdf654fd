"""Which papers prove who somebody is, and whether a number of one can be right.

A request names the applicant, proof of identity and a contact (Art 29(2)(1)).
"""

import re
from enum import StrEnum

import phonenumbers
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent, ValidationError


class IdentityKind(StrEnum):
    """A paper that identifies a person, or the registration of an organisation."""

    RESIDENT_CARD = "resident_card"
    RESIDENCE_PERMIT = "residence_permit"
    MAINLAND_PERMIT = "mainland_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    PERMANENT_RESIDENT = "permanent_resident"
    OTHER_PAPER = "other_paper"
    CREDIT_CODE = "credit_code"
    OTHER_REGISTRATION = "other_registration"


IDENTITY_KIND_NAMES: dict[IdentityKind, str] = {
    IdentityKind.RESIDENT_CARD: "居民身份证",
    IdentityKind.RESIDENCE_PERMIT: "港澳台居民居住证",
    IdentityKind.MAINLAND_PERMIT: "港澳居民来往内地通行证",
    IdentityKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdentityKind.PASSPORT: "护照",
    IdentityKind.PERMANENT_RESIDENT: "外国人永久居留身份证",
    IdentityKind.OTHER_PAPER: "其他身份证件",
    IdentityKind.CREDIT_CODE: "统一社会信用代码",
    IdentityKind.OTHER_REGISTRATION: "其他登记证件",
}

#: What identifies an organisation; all else identifies a person.
OF_ORGANISATIONS = (IdentityKind.CREDIT_CODE, IdentityKind.OTHER_REGISTRATION)
OF_PERSONS = tuple(kind for kind in IdentityKind if kind not in OF_ORGANISATIONS)

#: Those whose eighteenth digit proves the seventeen before (GB 11643-1999).
_WITH_CHECK_DIGIT = (IdentityKind.RESIDENT_CARD, IdentityKind.RESIDENCE_PERMIT)

_RESIDENT_DIGITS = 18
_MOBILE_DIGITS = 11

#: Numbers of other papers: letters, digits, and the brackets of older permits.
_PAPER_NUMBER = re.compile(r"[A-Z0-9()（）-]{5,30}", re.ASCII)
_NOT_IN_NUMBERS = re.compile(r"[\s·•—－]")
_MOBILE = re.compile(r"1\d*", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9_.%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def tidy(number: str) -> str:
    """Return a number as it is compared and kept: without spaces, in capitals."""
    return _NOT_IN_NUMBERS.sub("", number).upper()


def wrong_number(kind: IdentityKind, number: str) -> str:
    """Say what is wrong with the number of a paper; nothing if it can be right."""
    number = tidy(number)
    if kind in _WITH_CHECK_DIGIT:
        return _wrong_resident(number)
    if kind == IdentityKind.CREDIT_CODE:
        return _wrong_credit_code(number)
    if not _PAPER_NUMBER.fullmatch(number):
        return "证件号码只有字母和数字，5 位到 30 位，照证件上的写"
    return ""


def _wrong_resident(number: str) -> str:
    if len(number) != _RESIDENT_DIGITS:
        return f"证件号码应是 18 位，现在是 {len(number)} 位"
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return "证件号码的前 17 位是数字，最后一位是数字或者 X"
    if number[-1] != ric.calc_check_digit(number):
        return "证件号码有一位不对，照证件核对一遍"
    try:
        # The library's table of places is left out: nobody is refused because a
        # county was renamed.
        ric.get_birth_date(number)
    except InvalidComponent:
        return "证件号码里的出生日期不存在，照证件核对一遍"
    return ""


def _wrong_credit_code(number: str) -> str:
    if len(number) != _RESIDENT_DIGITS:
        return f"统一社会信用代码应是 18 位，现在是 {len(number)} 位"
    try:
        uscc.validate(number)
    except ValidationError:
        return "统一社会信用代码有一位不对，照营业执照或者登记证书核对一遍"
    return ""


def wrong_phone(number: str) -> str:
    """Say what is wrong with a telephone number; nothing if it can be called."""
    digits = re.sub(r"[\s-]", "", number)
    if _MOBILE.fullmatch(digits) and len(digits) != _MOBILE_DIGITS:
        return f"手机号码应是 11 位，现在是 {len(digits)} 位"
    try:
        right = phonenumbers.is_valid_number(phonenumbers.parse(number, "CN"))
    except phonenumbers.NumberParseException:
        right = False
    return "" if right else "这个电话打不通：手机写 11 位，座机带上区号"


def wrong_email(address: str) -> str:
    """Say what is wrong with an e-mail address; nothing if it looks like one."""
    if _EMAIL.fullmatch(address):
        return ""
    return "电子邮箱要有 @ 和后面的网址，比如 name@example.cn"
