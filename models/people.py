"""Who there is: trees of organisations, posts, people, and the roles they hold."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of, public_id


class Level(StrEnum):
    """The level of government an organisation belongs to."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


class OrganisationKind(StrEnum):
    """What an organisation is; a section is part of an agency and never acts alone."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DEPARTMENT = "department"
    TOWN = "town"
    SECTION = "section"


class Role(StrEnum):
    """What a person may do in an organisation; a lane of a diagram names one."""

    HANDLER = "handler"
    SECTION_HEAD = "section_head"
    UNIT_HEAD = "unit_head"
    SECRECY_REVIEWER = "secrecy_reviewer"
    LEGAL_REVIEWER = "legal_reviewer"
    DISCLOSURE_CLERK = "disclosure_clerk"
    DISCLOSURE_HEAD = "disclosure_head"
    SEAL_KEEPER = "seal_keeper"
    VICE_LEADER = "vice_leader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    SECURITY_AUDITOR = "security_auditor"


#: The roles' names on screen and in history.
ROLE_NAMES: dict[Role, str] = {
    Role.HANDLER: "经办人",
    Role.SECTION_HEAD: "科室负责人",
    Role.UNIT_HEAD: "单位负责人",
    Role.SECRECY_REVIEWER: "保密审查员",
    Role.LEGAL_REVIEWER: "法制审核员",
    Role.DISCLOSURE_CLERK: "政务公开经办人",
    Role.DISCLOSURE_HEAD: "政务公开机构负责人",
    Role.SEAL_KEEPER: "编号用印",
    Role.VICE_LEADER: "分管领导",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.SECURITY_AUDITOR: "安全审计员",
}

#: The three administrators' roles (三员): no person holds two of them, and none
#: of them with a role in the office's business (GB/T 22239-2019 8.1.5).
ADMINISTRATION = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.SECURITY_AUDITOR}
)


_PERIOD = "valid_to IS NULL OR valid_to >= valid_from"


class Root(Base):
    """One tree of organisations; nothing crosses from one root to another."""

    __tablename__ = "root"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)


class Organisation(Base):
    """A government, office, department, town, or a section of one of them.

    `acts_in_own_name` makes it an agency in the sense of Art 10 and Art 27 of the
    Regulations: it publishes, is asked, and answers under its own name. A section
    belongs to the agency `agency_id`; an agency's own `agency_id` is empty.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        one_of("kind", OrganisationKind),
        one_of("level", Level),
        CheckConstraint(_PERIOD, name="period"),
        CheckConstraint(
            "(kind = 'section') = (agency_id IS NOT NULL)", name="section_of_agency"
        ),
        # Numbers are made of it, and no two organisations share a number.
        UniqueConstraint("code"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    #: Division code of the place (GB/T 2260), e.g. 640302.
    region: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(100))
    short_name: Mapped[str] = mapped_column(String(40))
    #: Organisation code in 索引号 and request numbers.
    code: Mapped[str] = mapped_column(String(20))
    #: 机关代字, the word before the year in a 文号.
    symbol: Mapped[str] = mapped_column(String(20), default="")
    acts_in_own_name: Mapped[bool]
    #: Whose working days count; a region's calendar replaces the national one whole.
    calendar_code: Mapped[str] = mapped_column(String(12), default="CN")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    @property
    def agency(self) -> int:
        """The key of the agency that this is, or is a section of."""
        return self.agency_id or self.id


class Person(Base):
    """Somebody who works in an organisation and logs in."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(_PERIOD, name="period"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    login: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    #: Raised when the password changes: sessions begun before are over.
    password_round: Mapped[int] = mapped_column(default=1)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Post(Base):
    """A position in an organisation, whoever fills it."""

    __tablename__ = "post"
    __table_args__ = (CheckConstraint(_PERIOD, name="period"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    title: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))


class PostHolding(Base):
    """Who fills a post and when; ended, never deleted."""

    __tablename__ = "post_holding"
    __table_args__ = (
        CheckConstraint(_PERIOD, name="period"),
        Index("ix_post_holding_person", "person_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    post: Mapped[Post] = relationship()


class RoleHolding(Base):
    """Who holds a role in an organisation and when; ended, never deleted."""

    __tablename__ = "role_holding"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint(_PERIOD, name="period"),
        Index("ix_role_holding_organisation", "organisation_id", "role"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    organisation: Mapped[Organisation] = relationship()
