"""Where a published document is found from outside: on paper, in other programs."""

from dataclasses import dataclass, field

from flask import request, url_for

from engine import settings
from engine.work import Work
from models.documents import Document


@dataclass
class Addresses:
    """Whole addresses, for as long as a page is made."""

    work: Work
    _begins: dict[int, str] = field(default_factory=dict)

    def of(self, document: Document) -> str:
        """Return the whole address of a document's page.

        It begins as the settings say, or as the reader has reached this page.
        """
        root = document.root_id
        if root not in self._begins:
            self._begins[root] = self._site(root) or request.host_url
        path = url_for("public.document", public_id=document.public_id)
        return f"{self._begins[root].rstrip('/')}{path}"

    def _site(self, root_id: int) -> str | None:
        today, session = self.work.today, self.work.session
        site: str | None = settings.read(
            session, "publication.site", on=today, root_id=root_id
        )
        return site
