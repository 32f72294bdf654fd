"""What every command keeps to: with --json one document on standard output, always."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import IO, Any

import click
import orjson
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from engine.errors import Refusal

json_option = click.option(
    "--json", "as_json", is_flag=True, help="只输出一份 JSON，错误也在其中。"
)

#: Lets `-5` be an argument; what is no number is then refused by the argument's type.
NEGATIVE_NUMBERS = {"ignore_unknown_options": True}


class Failure(click.ClickException):
    """What was asked cannot be; `code` is the word by which programs know it."""

    exit_code = 2
    #: Set on the way out, where it is known what the caller reads.
    as_json = False

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the document, or for a person a line on standard error."""
        if self.as_json:
            write_json({"error": self.code, "message": self.message})
        else:
            click.echo(f"错误：{self.message}", file=file, err=True)


class Fault(Failure):
    """What was asked may be, but could not be done this time."""

    exit_code = 1


class _Speaking(click.Command):
    """Turns every error below it into one document if --json was given.

    Click would print its own errors as text on standard error; it raises them while
    parsing, when no option is known yet, so the arguments are looked at as given.
    """

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        wanted = "--json" in args
        with _failures(wanted):
            context = super().make_context(info_name, args, parent, **extra)
        context.meta.setdefault(_JSON_WANTED, wanted)
        return context

    def invoke(self, ctx: click.Context) -> Any:
        with _failures(ctx.meta.get(_JSON_WANTED, False)):
            return super().invoke(ctx)


class JsonCommand(_Speaking):
    """A command that keeps its contract in errors, too."""


class JsonGroup(_Speaking, click.Group):
    """A group of such commands; run.py's own is one as well."""

    command_class = JsonCommand
    group_class = type


class IsoDate(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        # fromisoformat also takes 20260302 and 2026-W10-1.
        if day is None or day.isoformat() != value:
            self.fail(f"“{value}”不是日期，应写作 2026-03-02 的样式。", param, ctx)
        return day


class WholeNumber(click.ParamType[int]):
    """A whole number in plain digits."""

    name = "integer"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        if isinstance(value, int):
            return value
        # Longer numbers mean nothing here, and int() refuses very long ones itself.
        if not re.fullmatch(r"[+-]?\d{1,12}", value, re.ASCII):
            self.fail(f"“{value}”不是整数。", param, ctx)
        return int(value)


def write_json(document: Any) -> None:
    """Write the one document, in UTF-8 whatever the terminal's own encoding."""
    click.echo(orjson.dumps(document))


@contextmanager
def usage_errors(*refusals: type[Refusal]) -> Iterator[None]:
    """Treat these refusals as errors in what was typed."""
    try:
        yield
    except refusals as refusal:
        raise click.UsageError(refusal.message) from None


_JSON_WANTED = f"{__name__}.json"


@contextmanager
def _failures(as_json: bool) -> Iterator[None]:
    try:
        yield
    except Failure as known:
        known.as_json = as_json
        raise
    except (click.ClickException, Refusal, SQLAlchemyError) as error:
        if isinstance(error, click.ClickException) and not as_json:
            # Click tells a person more: the usage and where to find help.
            raise
        failure = _failure(error)
        failure.as_json = as_json
        raise failure from error


def _failure(error: click.ClickException | Refusal | SQLAlchemyError) -> Failure:
    match error:
        case click.UsageError():
            return Failure("usage", _sentence(error))
        case click.ClickException():
            return Fault("failed", error.format_message())
        case Refusal():
            return Fault("refused", error.message)
        case ArgumentError():
            return Failure("usage", "--database 不是数据库的地址。")
        case _:
            return Fault("database", _database_sentence(error))


def _sentence(error: click.UsageError) -> str:
    """Say in Chinese what click says in English, for the commonest errors."""
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            return f"缺少参数 {_hint(param, error)}。"
        case click.BadParameter(
            param=click.Parameter(type=click.Choice(choices=choices)) as param
        ):
            return f"{_hint(param, error)}：应为 {'、'.join(choices)} 之一。"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_hint(param, error)}：{error.message}"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}。"
        case _:
            return error.format_message()


def _hint(param: click.Parameter, error: click.UsageError) -> str:
    return param.get_error_hint(error.ctx).replace("'", "")


def _database_sentence(error: SQLAlchemyError) -> str:
    """Name the cause without the statement, its values or the URL's password."""
    cause = type(error.orig if isinstance(error, DBAPIError) else error).__name__
    return f"数据库无法使用（{cause}），请检查 --database 和数据库的状态。"
