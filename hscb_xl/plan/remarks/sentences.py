"""Cutting the words of a Progress cell into the remarks that officers typed into it, and the questions."""

import re

_ASKING = r"(?:is|are|was|does|do|did|has|have|can|could|would|should)\s+(?:there|the|this|these|any|it|we)\b"
_ABBREVIATION = (
    r"(?<!\bno\.)(?<!\bNo\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bSt\.)(?<!\b\w\.\w\.)"
)

# Remarks follow each other with a full stop too few as often as not ("Completed Is there a date ..."), so
# words that open a remark, typed with a capital, open one wherever they stand.
_OPENING = (
    r"(?:Suggest|Recommend|Propose)\b"
    rf"|(?i:{_ASKING})"
    r"|(?:Is|Are|Was|Does|Did|Has|Have|Can|Could)\s+(?:an?\b|[A-Z])"
    r"|(?:What|Why|How|Who)\s+(?:is|are|was|does|do|did|has|have|can|many|much)\b"
)
_GAPS = "|".join(
    (
        r"(?<!\s)\s*\n\s*",
        r"(?<=[?!])\s+",
        rf"(?<=[^\s.]\.){_ABBREVIATION}\s+(?=[^\sa-z])",
        rf"(?<!\s)\s+(?=[A-Z])(?={_OPENING})",
        rf"(?<!\s)\s+[-–—]\s*(?=(?:and\s+)?(?i:if\s+(?:so|not)|suggest|recommend|propose|{_ASKING})\b)",
        r"(?:(?<=\bgreen)|(?<=\bGREEN)|(?<=\bamber)|(?<=\bAMBER)|(?<=\bred)|(?<=\bRED))\s+(?=[A-Z][a-z])",
    )
)
# Nothing breaks at a space between small letters, and most spaces are such: they are passed over at once.
_ORDINARY = r" (?<=[^?!.\s] )[a-z]"
_BREAKS = re.compile(rf"(?=\s)(?!{_ORDINARY})(?:{_GAPS})|(?<=\.)(?<=[a-z]{{3}}\.)(?={_ASKING})")

_PRONOUN = r"(?i:there|the|this|that|these|those|any|all|it|we|they|our)\b"
_SUBJECT = rf"(?:{_PRONOUN}|[A-Z])"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|can|could|should|would|will)"
_PARTICIPLE = r"(?:been|taken|gone|made|given|seen|sent|held|met|had|[a-z]+ed)\b"
# A word that asks by standing before its subject; "Has a plan in place" only lost its own subject.
_UNMARKED = re.compile(
    # "What has been achieved is set out below" asks nothing
    r"(?!(?i:what)\s+(?:is|was|were|has|have)\s+(?:been\s+)?\w+\s+(?:is|are|was|were|will)\b)"
    r"(?:(?i:and\s+)?(?i:if\s+so),?\s+)?(?:"
    rf"(?i:is|are|was|were|do|does|did|can|could|would)\s+{_SUBJECT}"
    rf"|(?i:will|shall|should)\s+{_PRONOUN}"
    rf"|(?i:has|have)\s+(?:(?i:an?)\s|{_SUBJECT}).*\s{_PARTICIPLE}"
    rf"|(?i:what|why|how|who|where)\s+(?:{_AUXILIARY}|many|much)\b"
    rf"|(?i:when)\s+{_AUXILIARY}\s+{_SUBJECT}"
    rf"|(?i:what|which|whose|how)\s+(?:\w+\s+){{1,3}}?{_AUXILIARY}\s+{_PRONOUN}"
    rf"|(?i:which)\s+\w+\s+(?:has|have)\s"
    r")",
    re.DOTALL,
)


def remarks(text: str) -> list[str]:
    """The sentences and remarks of ``text`` in order, each as it is written there."""
    return [part.strip() for part in _BREAKS.split(text) if any(map(str.isalnum, part))]


def is_question(remark: str) -> bool:
    """Whether ``remark`` asks something, with a question mark or by its word order alone."""
    return remark.rstrip("\"'”’) ").endswith("?") or bool(_UNMARKED.match(remark))
