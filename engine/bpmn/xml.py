"""XML that a stranger may have written: read without danger, and its BPMN nodes."""

from collections.abc import Iterator

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LARGEST_FILE = 5_000_000

#: How XML writes that something is true.
TRUE = frozenset({"true", "1"})


class UnreadableDefinition(Exception):
    """A file that cannot be read as BPMN, with the reason in Chinese."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule
        self.reason = reason


def read_xml(data: bytes) -> etree._Element:
    """Read XML that a stranger may have written: no DTD, no entity, no network.

    Raises UnreadableDefinition.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableDefinition(
            "too-large", f"文件超过 {LARGEST_FILE // 1_000_000} MB，请拆分"
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableDefinition(
            "unreadable", f"文件不是可以读懂的 XML：{error}"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDefinition(
            "unreadable", "文件带有 DTD，可能藏有实体；请删去 DOCTYPE 一行"
        )
    return root


def kind_of(node: etree._Element) -> str:
    """Answer a node's name if BPMN defines it, else an empty string."""
    tag = etree.QName(node)
    return tag.localname if tag.namespace == BPMN else ""


def text_of(node: etree._Element | None) -> str | None:
    """Answer a node's text without the blanks around it, None without node."""
    return (
        None if node is None else "".join(str(part) for part in node.itertext()).strip()
    )


def children(node: etree._Element, *kinds: str) -> Iterator[etree._Element]:
    """Answer the BPMN elements of these kinds directly inside a node."""
    return (each for each in node if kind_of(each) in kinds)
