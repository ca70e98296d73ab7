"""The bare words of a file held against the blocks that were read from it: what is in no block becomes one, or a loss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..model import Block, BlockKind, Loss

# where a story's words go when a reader left them out
_KINDS: dict[str, BlockKind] = {
    "footnote": "footnote",
    "endnote": "footnote",
    "header": "header",
    "textbox": "textbox",
    "header_textbox": "textbox",
}
_SHORTEST = 2  # a lone letter may be a symbol that the readers print differently


def missed(
    stories: Mapping[str, str], blocks: Sequence[Block], losses: Sequence[Loss]
) -> tuple[tuple[Block, ...], tuple[Loss, ...]]:
    """What stands in the stories and in no block and no loss: as blocks when its place is beside the body, else as losses.

    stories   name (main, header, textbox …) → its words, one paragraph or cell a line
    Letters and digits are compared, so that spaces, marks and line ends do not matter; a line that a reader cut in
    pieces (a revision, hidden words) is there when its letters are. Linear in the words.
    """
    said = [*(block.text for block in blocks), *(loss.text for loss in losses)]
    unmatched = Counter(_bare(line) for text in said for line in text.split("\n"))
    known = set(unmatched)
    unknown: list[tuple[str, str, str]] = []
    for story, text in stories.items():
        for line in text.split("\n"):
            bare = _bare(line)
            if bare in known:
                unmatched[bare] -= 1
            else:
                unknown.append((story, line, bare))
    spare = Counter("".join(line * count for line, count in unmatched.items() if count > 0))
    more: list[Block] = []
    lost: list[Loss] = []
    for story, line, bare in unknown:
        wanted = Counter(bare)
        if len(bare) < _SHORTEST or wanted <= spare:
            spare -= wanted
        elif kind := _KINDS.get(story):
            more.append(Block(len(blocks) + len(more), kind, line.strip()))
        else:
            lost.append(Loss("comment" if story == "comment" else "second_reader", line.strip(), "正文", None))
    return tuple(more), tuple(lost)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))
