"""Published files: the bytes that were reviewed, for everybody who may read them."""

from io import BytesIO

from flask import request, send_file
from werkzeug.exceptions import Gone, ServiceUnavailable
from werkzeug.wrappers import Response

from engine.errors import BadFile, NotFound
from processes.registers.publications import concealed, done, published_file
from web.public import blueprint
from web.security import gongkai

#: What a browser may show inside of a page; everything else is downloaded.
SHOWN = ("image/", "audio/", "video/")

#: What is not for everybody: no search engine lists it, no other page learns its
#: address, no copy stays on the way.
NOT_FOR_ALL = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@blueprint.get("/files/<public_id>")
def file(public_id: str) -> Response:
    """Download a published file, or show a picture, sound or film inside of a page."""
    with gongkai().read() as work:
        found = published_file(work.session, public_id)
        if found is None:
            raise NotFound("这个文件")
        if found.document.withdrawn_at is not None:
            raise Gone(description="这份信息已经撤回，文件不再提供。")
        if found.version.id in concealed(done(work.session, found.document)):
            raise Gone(description="这份文件已经更正，更正前的文件不再提供。")
        stored = found.version.file
        try:
            data = work.engine.files.get(stored)
        except BadFile as bad:
            # The daily check tells the administrator.
            sentence = "这份文件暂时打不开，正在核对，过些时候再来。"
            raise ServiceUnavailable(description=sentence) from bad
        inside = "inline" in request.args and stored.media_type.startswith(SHOWN)
        response = send_file(
            BytesIO(data),
            mimetype=stored.media_type,
            as_attachment=not inside,
            download_name=stored.name,
            conditional=True,
            etag=stored.sha256,
            last_modified=found.publication.done_at,
        )
        # What was withdrawn must be gone at once, so a copy asks again each time.
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        if not found.document.is_listed:
            response.headers.update(NOT_FOR_ALL)
        return response
