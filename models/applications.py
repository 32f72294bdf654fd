"""What an application says: who asks, how it came, how the answer is wanted."""

from enum import StrEnum


class ApplicantKind(StrEnum):
    """Who asks: the six columns of the annual report's table 3.

    A lawyer who acts for a person counts as that person.
    """

    NATURAL_PERSON = "natural_person"
    BUSINESS = "business"
    RESEARCH = "research"
    PUBLIC_INTEREST = "public_interest"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"


APPLICANT_KIND_NAMES: dict[ApplicantKind, str] = {
    ApplicantKind.NATURAL_PERSON: "自然人",
    ApplicantKind.BUSINESS: "商业企业",
    ApplicantKind.RESEARCH: "科研机构",
    ApplicantKind.PUBLIC_INTEREST: "社会公益组织",
    ApplicantKind.LEGAL_SERVICE: "法律服务机构",
    ApplicantKind.OTHER: "其他",
}


class Channel(StrEnum):
    """How a request came; it decides which day counts as received (Art 31)."""

    IN_PERSON = "in_person"
    ORAL = "oral"
    SIGNED_MAIL = "signed_mail"
    PLAIN_MAIL = "plain_mail"
    INTERNET = "internet"
    FAX = "fax"


CHANNEL_NAMES: dict[Channel, str] = {
    Channel.IN_PERSON: "当面提交",
    Channel.ORAL: "口头提出",
    Channel.SIGNED_MAIL: "邮寄（签收）",
    Channel.PLAIN_MAIL: "平常信函",
    Channel.INTERNET: "互联网",
    Channel.FAX: "传真",
}


class FormWanted(StrEnum):
    """In which form the applicant wants the information (Art 40)."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    INSPECTION = "inspection"


FORM_WANTED_NAMES: dict[FormWanted, str] = {
    FormWanted.PAPER: "纸质",
    FormWanted.ELECTRONIC: "电子文件",
    FormWanted.INSPECTION: "当场查阅、抄录",
}


class Delivery(StrEnum):
    """By which way the applicant wants to get the answer (Art 29(2)(3))."""

    POST = "post"
    PICK_UP = "pick_up"
    ONLINE = "online"
    EMAIL = "email"
    FAX = "fax"


DELIVERY_NAMES: dict[Delivery, str] = {
    Delivery.POST: "邮寄",
    Delivery.PICK_UP: "自行领取",
    Delivery.ONLINE: "网上查询页",
    Delivery.EMAIL: "电子邮件",
    Delivery.FAX: "传真",
}
