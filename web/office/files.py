"""Files of cases, for those who may read the case."""

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from engine import visibility
from processes.registers.case_files import readable_file
from web.office import blueprint
from web.security import actor_id, gongkai, login_required


@blueprint.get("/files/<public_id>")
@login_required
def file(public_id: str) -> Response:
    """Download a file; reading a restricted one is a recorded event."""
    with gongkai().read(actor_id()) as work:
        found, _case = readable_file(work, public_id)
        restricted = visibility.is_restricted(found.label)
    if restricted:
        with gongkai().work(actor_id()) as work:
            found, case = readable_file(work, public_id)
            if case is not None:
                visibility.record_reading(work, case, found.name)
    with gongkai().read(actor_id()) as work:
        found, _case = readable_file(work, public_id)
        data = work.engine.files.get(found)
        response = send_file(
            BytesIO(data),
            mimetype=found.media_type,
            as_attachment=True,
            download_name=found.name,
        )
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
