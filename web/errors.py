"""Every refusal to a status and a page that says what to do; faults to a number."""

import logging
from secrets import token_hex

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine.errors import (
    BadFile,
    Conflict,
    InvalidAnswers,
    NotAllowed,
    NotFound,
    Refusal,
)

_log = logging.getLogger(__name__)

#: A refusal's class to its status; the first that fits.
STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (InvalidAnswers, 422),
    (BadFile, 422),
    (Refusal, 409),
)

_SENTENCES = {
    400: "这次请求不完整，没有办理。返回上一页再试一次。",
    404: "没有找到这个页面，或者您没有查看权限。",
    405: "这个地址不能这样打开。请从页面上的按钮进入。",
    413: "传的内容太大。单个文件不超过 20 MB，请压缩或拆分后再传。",
}


def set_up(app: Flask) -> None:
    """Map refusals and faults of an application."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def status_of(refusal: Refusal) -> int:
    """Return the status of a refusal."""
    return next(status for kind, status in STATUS if isinstance(refusal, kind))


def _refusal(refusal: Refusal) -> tuple[str, int]:
    return _page(refusal.message, status_of(refusal))


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    sentence = (
        "这一页打开太久，已经退出登录，没有提交。写的内容存成了草稿，登录后接着办。"
    )
    return _page(sentence, 400)


def _http(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    return _page(_SENTENCES.get(status, error.description or ""), status)


def _fault(fault: Exception) -> tuple[str, int]:
    # The log names where it failed and never what was typed.
    number = token_hex(4)
    frame = fault.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    code = frame.tb_frame.f_code if frame else None
    place = f"{code.co_filename}:{frame.tb_lineno}" if code and frame else "?"
    _log.error(
        "fault %s: %s at %s in %s",
        number,
        type(fault).__name__,
        place,
        request.endpoint,
    )
    sentence = "没有办理：系统出了问题，什么都没有改变。"
    return _page(sentence, 500, number)


def _page(sentence: str, status: int, number: str = "") -> tuple[str, int]:
    template = (
        "errors/public.html" if request.blueprint == "public" else "errors/office.html"
    )
    return render_template(template, sentence=sentence, number=number), status
