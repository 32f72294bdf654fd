"""Whether what explains a policy document is there, as far as its way asks for it."""

from engine.authoring import Work, settings
from models.documents import Attribute, Document, PaperRole
from processes.registers import interpretations
from processes.registers.interpretations import Standing
from processes.registers.issuers import issued_by


def needs_interpretation(work: Work, document: Document) -> bool:
    """Tell whether a public policy document still lacks what explains it.

    An interpretation that was signed and still stands is not asked for again. What was
    written for a document that is no policy any more goes out with it, and is signed.
    """
    explained = document.is_policy or document.papers_of(PaperRole.INTERPRETATION)
    if not explained or document.attribute != Attribute.PUBLIC:
        return False
    return not is_explained(work, document)


def is_explained(work: Work, document: Document) -> bool:
    """Tell whether plan and material are there as far as the way of the document asks.

    Who drafts for the government brings the material itself (上报代拟稿时一并报送解读
    材料), where the setting says so; else a signed plan is enough.
    """
    standing = interpretations.standing(work, document)
    material = issued_by(document) != "own" and settings.read(
        work.session,
        "document.material_with_draft",
        on=work.today,
        organisation=document.issuer,
    )
    enough = {Standing.SIGNED} if material else {Standing.SIGNED, Standing.PLANNED}
    return standing in enough
