"""The character account: every non-space character of a file in exactly one role; what nobody claimed is unparsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .model import Block
from .outline import Claim


@dataclass(frozen=True, slots=True)
class Account:
    """stretches: the whole text of every block, cut into disjoint roles in reading order, blanks at their ends left out.

    total, unparsed   non-space characters
    """

    stretches: tuple[Claim, ...]
    total: int
    unparsed: int

    @property
    def ratio(self) -> float:
        """The share of characters with a role, 0 … 1; 1.0 for a file of blanks."""
        return 1.0 if not self.total else (self.total - self.unparsed) / self.total

    def unclaimed(self) -> tuple[Claim, ...]:
        return tuple(s for s in self.stretches if s.role == "unparsed")


def account(blocks: Sequence[Block], claims: Iterable[Claim]) -> Account:
    """Every character given to one claim: where two overlap, the one that begins first keeps it.

    Linear in claims and characters. Gaps of blanks and of punctuation between two claims are structure, not loss.
    """
    by_block: dict[int, list[Claim]] = {}
    for claim in claims:
        by_block.setdefault(claim.block, []).append(claim)
    out: list[Claim] = []
    total = unparsed = 0
    for block in blocks:
        total += _solid(block.text)
        place = 0
        own = sorted(by_block.get(block.seq, ()), key=lambda c: (c.start, -c.end))
        for claim in (*own, Claim(block.seq, len(block.text), len(block.text), "")):
            start, end = max(claim.start, place), min(claim.end, len(block.text))
            gap = block.text[place : max(start, place)]
            if gap.strip():
                # a lone mark between two values separates them; words would be a loss
                role = "structure" if own and not any(c.isalnum() for c in gap) else "unparsed"
                lead = len(gap) - len(gap.lstrip())
                out.append(Claim(block.seq, place + lead, place + len(gap.rstrip()), role))
                unparsed += _solid(gap) if role == "unparsed" else 0
            if start < end:
                out.append(Claim(block.seq, start, end, claim.role))
            place = max(place, end, start)
    return Account(tuple(out), total, unparsed)


def _solid(text: str) -> int:
    return sum(1 for c in text if not c.isspace())
