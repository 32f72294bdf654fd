"""Somebody outside of the office in front of a browser, in the office's words."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.office import Office

#: An application of somebody who does not exist.
ANSWERS = {
    "content": "石桥镇2025年高标准农田建设项目验收报告",
    "form_wanted": "electronic",
    "delivery": "online",
    "kind": "natural_person",
    "name": "张三",
    "identity_kind": "resident_card",
    "identity_number": "110101199003074610",
    "phone": "13800138000",
}


def words(answer: TestResponse) -> str:
    """Return the words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
    return " ".join(text.split())


@dataclass
class Applicant:
    """An applicant, who fills in forms as fast as people do."""

    client: FlaskClient
    office: Office
    address: str = "127.0.0.1"

    def gets(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, environ_base=self._from)

    def posts(self, path: str, **form: Any) -> TestResponse:
        """Send a form in, with the token of its page."""
        data = {"csrf_token": self._csrf(), **form}
        return self.client.post(path, data=data, environ_base=self._from)

    def opens(self, *, reads_for: int = 60) -> dict[str, Any]:
        """Open the application and read it for so many seconds; its hidden fields."""
        page = self.gets("/apply")
        clock = self.office.clock
        clock.instant += timedelta(seconds=reads_for)
        return {
            "form_token": self.token_in(page),
            "agency": self.office.public_id("区财政局"),
        }

    def sends(self, form: dict[str, Any] | None = None, **answers: Any) -> TestResponse:
        """提交申请: with answers that are right but for those given."""
        return self.posts("/apply", **{**(form or self.opens()), **ANSWERS, **answers})

    def token_in(self, page: TestResponse) -> str:
        """Return the token of the form on a page."""
        text = page.get_data(as_text=True)
        found = re.search(r'name="form_token" value="([^"]+)"', text)
        assert found is not None
        return found[1]

    def slip(self) -> tuple[str, str]:
        """Return query code and secret as the receipt shows them."""
        page = self.gets("/apply/receipt").get_data(as_text=True)
        code, secret = re.findall(r'<dd class="gk-code">([^<]+)</dd>', page)
        return code.replace(" ", ""), secret.replace(" ", "")

    def looks_up(self, code: str, secret: str) -> TestResponse:
        """查询: type query code and secret."""
        return self.posts("/track", query_code=code, secret=secret)

    @property
    def _from(self) -> dict[str, str]:
        return {"REMOTE_ADDR": self.address}

    def _csrf(self) -> str:
        page = self.gets("/track").get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        return found[1] if found else ""
