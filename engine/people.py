"""People and organisations: made, given roles, ended; nothing is deleted."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from secrets import choice

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import or_, select

from engine import settings
from engine.actors import in_force
from engine.errors import AlreadyExists, Refusal
from engine.work import Work
from models.people import (
    ADMINISTRATION,
    ROLE_NAMES,
    Level,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    PostHolding,
    Role,
    RoleHolding,
    Root,
)

_hasher = PasswordHasher()

#: For passwords that chance has made, where an installation holds nothing to protect:
#: nobody guesses 59 bits, and a first start would wait for every one of them.
_light_hasher = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)

#: Letters and digits that cannot be mistaken for one another when read aloud.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@cache
def _nobody() -> str:
    """Return a hash to check where the login does not exist: both take as long."""
    return _hasher.hash("nobody")


def make_root(work: Work, name: str) -> Root:
    """Begin a new tree of organisations."""
    root = Root(name=name)
    work.session.add(root)
    work.session.flush()
    return root


def make_organisation(
    work: Work,
    root: Root,
    *,
    name: str,
    short_name: str,
    kind: OrganisationKind,
    level: Level,
    region: str,
    code: str,
    symbol: str = "",
    parent: Organisation | None = None,
    superior: Organisation | None = None,
    acts_in_own_name: bool = True,
    calendar_code: str = "CN",
    valid_from: date | None = None,
) -> Organisation:
    """Add an organisation to a tree; a section belongs to its parent's agency.

    Raises:
        Refusal: a section without a parent.
        AlreadyExists: the code is taken, in this tree or another.
    """
    section = kind == OrganisationKind.SECTION
    if section and parent is None:
        msg = f"内设机构“{name}”要有上级单位。"
        raise Refusal(msg)
    taken = work.session.scalar(
        select(Organisation.id).where(Organisation.code == code)
    )
    if taken is not None:
        msg = f"“{name}”的代码“{code}”已经有单位用了，编号会重复，请换一个。"
        raise AlreadyExists(msg)
    organisation = Organisation(
        root_id=root.id,
        parent_id=parent.id if parent else None,
        agency_id=parent.agency if section and parent else None,
        superior_id=superior.id if superior else (parent.id if parent else None),
        kind=kind,
        level=level,
        region=region,
        name=name,
        short_name=short_name,
        code=code,
        symbol=symbol,
        acts_in_own_name=acts_in_own_name and not section,
        calendar_code=calendar_code,
        valid_from=valid_from or work.today,
    )
    work.session.add(organisation)
    work.session.flush()
    return organisation


def make_person(
    work: Work,
    organisation: Organisation,
    *,
    name: str,
    login: str,
    title: str,
    password: str,
    roles: Iterable[tuple[Role, Organisation]] = (),
    demonstration: bool = False,
) -> Person:
    """Add a person with a post and roles; in a demonstration, with a light hash.

    Raises:
        AlreadyExists: the login is taken.
    """
    taken = work.session.scalar(select(Person.id).where(Person.login == login))
    if taken is not None:
        msg = f"账号“{login}”已经有人用了，请换一个。"
        raise AlreadyExists(msg)
    person = Person(
        root_id=organisation.root_id,
        name=name,
        login=login,
        password_hash=hash_password(password, light=demonstration),
        valid_from=work.today,
    )
    post = Post(
        root_id=organisation.root_id,
        organisation_id=organisation.id,
        title=title,
        valid_from=work.today,
    )
    work.session.add_all([person, post])
    work.session.flush()
    work.session.add(
        PostHolding(
            root_id=organisation.root_id,
            post_id=post.id,
            person_id=person.id,
            valid_from=work.today,
        )
    )
    for role, place in roles:
        give_role(work, person, role, place)
    work.record_outside(
        "settings",
        person.root_id,
        "person_added",
        f"{work.actor.name}设立{organisation.name}{title}{name}的账号。",
        person=person.public_id,
    )
    return person


def give_role(
    work: Work,
    person: Person,
    role: Role,
    place: Organisation,
    *,
    valid_from: date | None = None,
) -> RoleHolding:
    """Let a person hold a role in an organisation from a day on.

    Raises:
        Refusal: another root, administration mixed with the office's business, or
            the person holds exactly this role already.
    """
    if person.root_id != place.root_id:
        msg = f"{person.name}不属于{place.name}所在的组织树。"
        raise Refusal(msg)
    begins = valid_from or work.today
    holdings = work.session.scalars(
        select(RoleHolding).where(
            RoleHolding.person_id == person.id,
            # Roles that begin later count as well: the new one has no end yet.
            or_(RoleHolding.valid_to.is_(None), RoleHolding.valid_to >= begins),
        )
    ).all()
    if any(h.role == role and h.organisation_id == place.id for h in holdings):
        msg = f"{person.name}已经是{place.name}{ROLE_NAMES[role]}。"
        raise Refusal(msg)
    held = {Role(holding.role) for holding in holdings}
    together = held | {role}
    if together & ADMINISTRATION and len(together) > 1:
        names = "、".join(ROLE_NAMES[each] for each in sorted(together))
        msg = (
            f"{person.name}不能同时担任{names}：系统管理员、安全管理员、"
            "安全审计员互不兼任，也不兼业务角色（三员分立）。"
        )
        raise Refusal(msg)
    holding = RoleHolding(
        root_id=person.root_id,
        organisation_id=place.id,
        person_id=person.id,
        role=role,
        valid_from=begins,
    )
    work.session.add(holding)
    work.session.flush()
    work.record_outside(
        "settings",
        person.root_id,
        "role_given",
        f"{work.actor.name}任命{person.name}为{place.name}{ROLE_NAMES[role]}。",
        person=person.public_id,
        role=role,
        organisation=place.public_id,
    )
    return holding


def end_role(
    work: Work,
    holding: RoleHolding,
    *,
    last_day: date,
    successor: Person | None = None,
) -> None:
    """End a role after a day; the row stays and names who follows.

    Raises:
        Refusal: the role would end before it has begun.
    """
    if last_day < holding.valid_from:
        msg = f"最后一天不能早于任职的第一天（{holding.valid_from:%Y-%m-%d}）。"
        raise Refusal(msg)
    holding.valid_to = last_day
    holding.successor_id = successor.id if successor else None
    role = ROLE_NAMES[Role(holding.role)]
    follows = f"，由{successor.name}接任" if successor else ""
    work.record_outside(
        "settings",
        holding.root_id,
        "role_ended",
        f"{holding.person.name}的{holding.organisation.name}{role}"
        f"到{last_day:%Y-%m-%d}为止{follows}。",
        person=holding.person.public_id,
        role=holding.role,
    )
    work.session.flush()
    work.after_commit.append(work.engine.wake)


def random_password() -> str:
    """Return a password that can be read out and typed: three groups of four."""
    letters = [choice(_READABLE) for _ in range(12)]
    return "-".join("".join(letters[i : i + 4]) for i in (0, 4, 8))


def hash_password(password: str, *, light: bool = False) -> str:
    """Return the argon2id hash of a password; a light one for the demonstration only.

    Raises:
        Refusal: it is shorter than ten characters.
    """
    if len(password) < 10:
        msg = "密码至少要有 10 个字符。"
        raise Refusal(msg)
    return (_light_hasher if light else _hasher).hash(password)


def is_right(work: Work, login: str, password: str) -> bool:
    """Tell whether this is somebody's password; takes the same time for nobody's.

    To be asked of a reader: hashing is slow on purpose, and a writer would let all
    others wait for it.
    """
    password_hash = work.session.scalar(
        select(Person.password_hash).where(Person.login == login)
    )
    return _verify(password_hash or _nobody(), password) and password_hash is not None


def log_in(work: Work, login: str, *, right: bool) -> tuple[Person | None, str]:
    """Let somebody in or count a wrong password; return who, or the sentence to show.

    Wrong passwords are counted in the same transaction that commits them, so the
    count stands although nobody was let in (GB/T 22239-2019 L3-CES1-02).
    """
    person = work.session.scalars(
        select(Person).where(Person.login == login).with_for_update()
    ).one_or_none()
    root_id = person.root_id if person else None
    tries = _login_setting(work, root_id, "tries")
    minutes = _login_setting(work, root_id, "lock_minutes")
    # One sentence for every reason: nobody learns which logins there are.
    not_let_in = (
        "没有登录：账号或密码不对，或者账号已锁定。"
        f"连续输错 {tries} 次锁定 {minutes} 分钟，也可以请系统管理员解锁。"
    )
    if person is None or (person.valid_to is not None and person.valid_to < work.today):
        return None, not_let_in
    if person.locked_until is not None and person.locked_until > work.now:
        return None, not_let_in
    if not right:
        _count_failure(work, person, tries, minutes)
        return None, not_let_in
    person.failed_logins, person.locked_until = 0, None
    person.last_login_at = work.now
    work.record_outside(
        "access",
        person.root_id,
        "logged_in",
        f"{person.name}登录。",
        person=person.public_id,
    )
    return person, ""


def _count_failure(work: Work, person: Person, tries: int, minutes: int) -> None:
    person.failed_logins += 1
    if person.failed_logins < tries:
        return
    person.failed_logins = 0
    person.locked_until = work.now + timedelta(minutes=minutes)
    work.record_outside(
        "access",
        person.root_id,
        "account_locked",
        f"{person.name}的账号因连续输错密码锁定{minutes}分钟。",
        person=person.public_id,
    )


def _login_setting(work: Work, root_id: int | None, name: str) -> int:
    value = settings.read(work.session, f"login.{name}", on=work.today, root_id=root_id)
    return int(value)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def set_password(work: Work, person: Person, password: str) -> None:
    """Give a person a new password; sessions begun before are over."""
    person.password_hash = hash_password(password)
    person.password_round += 1
    person.failed_logins, person.locked_until = 0, None
    work.record_outside(
        "access",
        person.root_id,
        "password_set",
        f"{work.actor.name}重设{person.name}的密码。",
        person=person.public_id,
    )


def organisation_of(work: Work, person_id: int) -> Organisation | None:
    """Return where a person's post is today."""
    return work.session.scalars(
        select(Organisation)
        .join(Post, Post.organisation_id == Organisation.id)
        .join(PostHolding, PostHolding.post_id == Post.id)
        .where(PostHolding.person_id == person_id, *in_force(PostHolding, work.today))
        .order_by(PostHolding.id)
        .limit(1)
    ).one_or_none()


def starts_on(work: Work, organisation: Organisation) -> date | None:
    """Return from which day on an organisation's documents carry limits."""
    value = settings.read(
        work.session,
        "organisation.starts_on",
        on=work.today,
        organisation=organisation,
    )
    return date.fromisoformat(value) if value else None
