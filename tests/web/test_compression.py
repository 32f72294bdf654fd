"""Texts leave compressed; what is compressed already, or small, leaves as it is."""

import gzip
import re

from tests.web.conftest import Guest

_GZIP = {"Accept-Encoding": "gzip, br"}


def test_a_page_is_the_same_compressed_and_not(guest: Guest) -> None:
    plain = guest.client.get("/tools/time-limits")
    packed = guest.client.get("/tools/time-limits", headers=_GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data).decode() == plain.text
    assert len(packed.data) < len(plain.data) / 2


def test_its_length_tells_nothing(guest: Guest) -> None:
    sizes = {
        len(guest.client.get("/tools/time-limits", headers=_GZIP).data)
        for _ in range(12)
    }
    assert len(sizes) > 1


def test_our_own_style_sheet_is_compressed_and_kept(guest: Guest) -> None:
    page = guest.client.get("/tools/time-limits").text
    address = re.search(r"/static/\w+/gongkai.css", page)
    assert address is not None
    answer = guest.client.get(address[0], headers=_GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_who_cannot_read_it_gets_it_plain(guest: Guest) -> None:
    for said in ("", "identity", "gzip;q=0"):
        answer = guest.client.get("/track", headers={"Accept-Encoding": said})
        assert "Content-Encoding" not in answer.headers
