"""The last step of a build, on the finished package: what XlsxWriter has no call for."""

from hscb_xl.build.ribbon import Part, parts
from hscb_xl.xlsx.rewrite import rewritten

_ROOT_RELATIONSHIPS = "_rels/.rels"
_END = b"</Relationships>"


def with_ribbon(package: bytes) -> bytes:
    """The workbook with the ribbon's parts at its end, and the relationships by which Excel finds them.

    They have no content types of their own: they are XML, which the package declares already.
    """
    ribbon = parts()

    def related(relationships: bytes) -> bytes:
        return relationships.replace(_END, b"".join(map(_relationship, ribbon)) + _END)

    return rewritten(package, {_ROOT_RELATIONSHIPS: related}, {part.name: part.data for part in ribbon})


def _relationship(part: Part) -> bytes:
    return f'<Relationship Id="{part.relationship}" Type="{part.type}" Target="{part.name}"/>'.encode()
