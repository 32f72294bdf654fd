"""What somebody who asks for information must say, and nothing else (Art 29(2)).

Why it is asked for is no part of it: the law has not required a need since 2019.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    missing,
    pre_load,
    validate,
    validates_schema,
)

from engine.authoring import InvalidAnswers
from models.applications import ApplicantKind, Delivery, FormWanted
from processes.registers.applicants import FIELD_NAMES
from processes.registers.identity import (
    IDENTITY_KIND_NAMES,
    OF_ORGANISATIONS,
    OF_PERSONS,
    IdentityKind,
    tidy,
    wrong_email,
    wrong_number,
    wrong_phone,
)

#: The parts of the page's form in their order, each with what is asked there.
PARTS: tuple[tuple[str, ...], ...] = (
    ("agency",),
    (
        *("content", "feature", "form_wanted", "delivery", "electronic_service"),
        *("suggests_publication", "files"),
    ),
    (
        *("kind", "name", "identity_kind", "identity_number", "contact_person"),
        *("phone", "address", "email", "fax", "by_agent", "agent_name"),
        *("agent_identity_kind", "agent_identity_number", "agent_phone"),
        *("needs_help", "help"),
    ),
    ("application",),
)

_MORE = "最多写 {max} 个字"


def _words(longest: int, needed: str = "") -> fields.String:
    """A text; needed where there is a sentence for its absence."""
    return fields.String(
        required=bool(needed),
        load_default=missing if needed else "",
        validate=validate.Length(max=longest, error=_MORE),
        error_messages={"required": needed} if needed else {},
    )


def _one_of(values: Iterable[str], needed: str) -> fields.String:
    return fields.String(
        required=True,
        validate=validate.OneOf(list(values), error=needed),
        error_messages={"required": needed},
    )


class ApplicationForm(Schema):
    """An application as it is typed; empty texts count as not answered."""

    class Meta:
        unknown = EXCLUDE

    content = _words(2000, "写明要什么信息：名称、文号，或者能帮我们找到它的特征")
    feature = _words(200)
    form_wanted = _one_of(FormWanted, "选一种形式")
    delivery = _one_of(Delivery, "选一种给您的方式")
    electronic_service = fields.Boolean(load_default=False)
    suggests_publication = fields.Boolean(load_default=False)
    kind = _one_of(ApplicantKind, "选申请人是个人还是哪一类单位")
    name = _words(100, "写申请人的姓名或者单位名称")
    identity_kind = _one_of(IdentityKind, "选一种证件")
    identity_number = _words(40, "写证件号码")
    contact_person = _words(60)
    phone = _words(40, "写一个能联系到您的电话")
    address = _words(200)
    email = _words(100)
    fax = _words(40)
    by_agent = fields.Boolean(load_default=False)
    agent_name = _words(60)
    agent_identity_kind = fields.String(
        load_default="",
        validate=validate.OneOf(["", *OF_PERSONS], error="选一种证件"),
    )
    agent_identity_number = _words(40)
    agent_phone = _words(40)
    needs_help = fields.Boolean(load_default=False)
    help = _words(200)

    @pre_load
    def _leave_out_empty(self, raw: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        typed = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in raw.items()
        }
        return {name: value for name, value in typed.items() if value != ""}

    @validates_schema(skip_on_field_errors=False)
    def _refuse_what_does_not_fit(self, typed: Mapping[str, Any], **_: Any) -> None:
        problems = {
            **_identity(typed),
            **_contact(typed),
            **(_agent(typed) if typed.get("by_agent") else {}),
        }
        if problems:
            raise ValidationError({name: [said] for name, said in problems.items()})


def _identity(typed: Mapping[str, Any]) -> dict[str, str]:
    kind, number = typed.get("identity_kind"), typed.get("identity_number")
    if kind is None:
        return {}
    of_person = typed.get("kind") == ApplicantKind.NATURAL_PERSON
    if "kind" in typed and kind not in (OF_PERSONS if of_person else OF_ORGANISATIONS):
        who = "个人" if of_person else "单位"
        return {"identity_kind": f"{who}申请，选{who}的证件"}
    if number is None or not (wrong := wrong_number(IdentityKind(kind), number)):
        return {}
    return {"identity_number": wrong}


#: What the answer is sent to, by the way that is chosen.
_SENT_TO = {
    Delivery.POST: ("address", "写收件地址：答复要寄到这里"),
    Delivery.EMAIL: ("email", "写电子邮箱：答复要发到这里"),
    Delivery.FAX: ("fax", "写传真号码：答复要传到这里"),
}


def _contact(typed: Mapping[str, Any]) -> dict[str, str]:
    problems = _wrong(typed, "phone", wrong_phone)
    problems |= _wrong(typed, "email", wrong_email)
    problems |= _wrong(typed, "fax", wrong_phone)
    name, sentence = _SENT_TO.get(typed.get("delivery", ""), ("", ""))
    if name and not typed.get(name):
        problems[name] = sentence
    organisation = typed.get("kind", ApplicantKind.NATURAL_PERSON)
    if organisation != ApplicantKind.NATURAL_PERSON and not typed.get("contact_person"):
        problems["contact_person"] = "写单位里和我们联系的人"
    return problems


def _agent(typed: Mapping[str, Any]) -> dict[str, str]:
    problems = {
        name: sentence
        for name, sentence in (
            ("agent_name", "写代理人的姓名"),
            ("agent_identity_kind", "选一种证件"),
            ("agent_identity_number", "写代理人的证件号码"),
            ("agent_phone", "写代理人的电话"),
        )
        if not typed.get(name)
    }
    kind, number = typed.get("agent_identity_kind"), typed.get("agent_identity_number")
    if kind and number and (wrong := wrong_number(IdentityKind(kind), number)):
        problems["agent_identity_number"] = wrong
    return problems | _wrong(typed, "agent_phone", wrong_phone)


def _wrong(
    typed: Mapping[str, Any], name: str, judge: Callable[[str], str]
) -> dict[str, str]:
    value = typed.get(name)
    wrong = judge(value) if value else ""
    return {name: wrong} if wrong else {}


def read(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return an application as values.

    Raises:
        InvalidAnswers: with a sentence for each field that is to be changed.
    """
    try:
        values: dict[str, Any] = ApplicationForm().load(typed)
    except ValidationError as error:
        raise InvalidAnswers(_by_field(error)) from error
    return values | {
        name: tidy(values[name])
        for name in ("identity_number", "agent_identity_number")
    }


def sealed(values: Mapping[str, Any]) -> dict[str, str]:
    """Return of an application what is sealed: who asks, and in which words."""
    kind = IdentityKind(values["identity_kind"])
    number = "credit_code" if kind == IdentityKind.CREDIT_CODE else "identity_number"
    kept = {name: str(values.get(name, "")) for name in FIELD_NAMES}
    kept |= {"identity_number": "", "credit_code": ""}
    kept |= {number: values["identity_number"]}
    kept["identity_kind"] = IDENTITY_KIND_NAMES[kind]
    if values["by_agent"]:
        agent = IdentityKind(values["agent_identity_kind"])
        return kept | {"agent_identity_kind": IDENTITY_KIND_NAMES[agent]}
    return kept | {name: "" for name in kept if name.startswith("agent_")}


def wrong_in_part(typed: Mapping[str, Any], part: int) -> dict[str, list[str]]:
    """Return what is to be changed in one part of the form, counted from 1."""
    problems = ApplicationForm().validate(typed)
    return {name: problems[name] for name in PARTS[part - 1] if name in problems}


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    messages = error.messages
    return messages if isinstance(messages, dict) else {"": list(messages)}
