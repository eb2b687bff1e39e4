"""Parts of a Word file as trees. Names are compared without their namespaces: Word writes two sets of them."""

from collections.abc import Iterator

from lxml import etree

from digest.errors import ExtractError

_MOST_ELEMENTS = 500_000  # a report of 300 pages has 100,000


def parsed(data: bytes, *, url: str) -> etree._Element:
    """The root of a part. ExtractError: "damaged" for what is no XML, "too-large"."""
    if data.count(b"<") > 2 * _MOST_ELEMENTS:
        raise ExtractError(url, "too-large", "its markup has more elements than a document may hold")
    # Without huge_tree libxml2 refuses deep nesting and entities that multiply.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ExtractError(url, "damaged", f"its markup cannot be read: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ExtractError(url, "damaged", "its markup declares entities of its own, which no Word file does")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute's value by its name without namespace; "" for none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of that name."""
    yield from (one for one in (() if element is None else element) if local(one) == name)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of the first name, of that its first child of the second name, and so on."""
    for name in names:
        element = next(children(element, name), None)
    return element


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as `<w:b/>` is there and not turned off."""
    return element is not None and attribute(element, "val").lower() not in ("0", "false", "off", "none")
