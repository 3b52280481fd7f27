"""The ground of every object of the engine: what is outside the declared subset says so."""

from typing import Any

PAGE = "docs/engine.md"


class Declared:
    """An object whose members are the subset; any other member is a NotImplementedError with its name."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python itself asks for these and expects to hear AttributeError
            raise AttributeError(name)
        if hasattr(type(self), name):  # a member whose own code failed: asked again, it says why
            return object.__getattribute__(self, name)
        raise not_supported(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            object.__setattr__(self, name, value)
        except AttributeError:
            member = getattr(type(self), name, None)
            if isinstance(member, property) and member.fset:
                raise
            raise not_supported(self, name) from None


def not_supported(owner: object, member: str) -> NotImplementedError:
    """The error for a member of the object model that closed files do not have here."""
    return NotImplementedError(
        f"{type(owner).__name__}.{member} is not supported for a workbook without Excel: see {PAGE}."
    )
