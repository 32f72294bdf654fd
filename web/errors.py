"""Every refusal to a status and a page that says what to do; faults to a number."""

import logging
from pathlib import Path
from secrets import token_hex
from traceback import walk_tb

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
    if request.blueprint == "public":
        sentence = (
            "没有提交：这一页打开太久，或者浏览器不让保存 Cookie。返回上一页，刷新后"
            "再提交；在这台设备上存了草稿的，打开就能接着写。"
        )
        return _page(sentence, 400)
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
    _log.error(
        "fault %s: %s at %s in %s",
        number,
        type(fault).__name__,
        _place(fault),
        request.endpoint,
    )
    # What leads to a page that cannot be shown may have been done all the same.
    sentence = (
        "没有办理：系统出了问题，什么都没有改变。"
        if request.method == "POST"
        else "这一页没有打开：系统出了问题。提交过的内容不受影响，过一会儿再打开。"
    )
    return _page(sentence, 500, number)


#: Where our own code lies; the libraries' lines say little.
_OURS = Path(__file__).resolve().parents[1]


def _place(fault: Exception) -> str:
    """Return the innermost line of our own at which it failed, templates included."""
    lines = [
        (Path(frame.f_code.co_filename), number)
        for frame, number in walk_tb(fault.__traceback__)
    ]
    own = [
        (path, number)
        for path, number in lines
        if path.is_relative_to(_OURS) and "site-packages" not in path.parts
    ]
    path, number = (own or lines)[-1]
    return f"{path}:{number}"


def _page(sentence: str, status: int, number: str = "") -> tuple[str, int]:
    template = (
        "errors/public.html" if request.blueprint == "public" else "errors/office.html"
    )
    return render_template(template, sentence=sentence, number=number), status
