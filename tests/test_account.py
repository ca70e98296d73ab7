"""The character account: each character one role, nothing twice, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.account import account
from pipeline.model import Block
from pipeline.outline import Claim

texts = st.text("甲乙丙丁，。 \n1a", max_size=30)
claims = st.lists(
    st.tuples(st.integers(0, 35), st.integers(0, 35), st.sampled_from(["text", "unit", "label"])), max_size=6
)


@given(texts, claims)
def test_every_solid_character_stands_in_exactly_one_stretch(text, made):
    found = account([Block(0, "paragraph", text)], [Claim(0, a, b, role) for a, b, role in made])
    owner = [0] * len(text)
    for stretch in found.stretches:
        for place in range(stretch.start, stretch.end):
            owner[place] += 1
    assert all(count == 1 for char, count in zip(text, owner, strict=True) if not char.isspace())
    assert max(owner, default=0) <= 1
    assert found.total == sum(1 for c in text if not c.isspace())


def test_words_that_nobody_claims_are_unparsed_with_their_place():
    found = account([Block(0, "paragraph", "区发改局负责甲乙")], [Claim(0, 0, 4, "unit")])
    assert found.unclaimed() == (Claim(0, 4, 8, "unparsed"),)
    assert (found.total, found.unparsed, found.ratio) == (8, 4, 0.5)


def test_a_mark_between_two_values_is_structure():
    found = account([Block(0, "cell", "甲局、乙局")], [Claim(0, 0, 2, "unit"), Claim(0, 3, 5, "unit")])
    assert [s.role for s in found.stretches] == ["unit", "structure", "unit"]
    assert found.ratio == 1.0


def test_a_block_that_nobody_claims_is_unparsed_marks_and_all():
    assert account([Block(0, "paragraph", "——")], []).unparsed == 2
