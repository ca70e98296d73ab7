"""The recognizers inside a spaCy pipeline: exact characters and values, whatever the tokens are."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import pipeline.components  # noqa: F401  (in an environment with taizhang installed spaCy finds the names by itself)
from pipeline.rulefiles import load

ROOT = Path(__file__).parent.parent
GLUED = "区政府办公室区行政审批局"
TEXT = (
    "落实《国务院办公厅关于〈条例〉的意见》（国办函〔2021〕132号），2022年11月底前培训不少于200名。\n"
    "力争年底前建成。（牵头单位：区政府办公室区行政审批局；配合单位：区财政局）"
)
NAMES = ("taizhang_deadlines", "taizhang_units", "taizhang_citations", "taizhang_targets")


@pytest.fixture(scope="module", params=["char", "jieba"])
def nlp(request):
    """A blank Chinese pipeline of either segmenter with a component of the user's own before ours."""
    made = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": request.param}}})
    made.add_pipe("sentencizer", config={"punct_chars": ["。"]})
    for name in NAMES:
        made.add_pipe(name)
    return made


def seen(doc: Doc, name: str) -> list[tuple[str, str]]:
    return [(span._.taizhang["text"], span.label_) for span in doc.spans[name]]


def test_every_recognizer_fills_its_spans(nlp):
    doc = nlp(TEXT)
    assert seen(doc, "taizhang_deadlines") == [("2022年11月底前", "due"), ("年底前建成", "due")]
    assert seen(doc, "taizhang_units") == [
        ("区政府办公室", "lead"),
        ("区行政审批局", "lead"),
        ("区财政局", "supporting"),
    ]
    assert [label for _, label in seen(doc, "taizhang_citations")] == ["implements", "refers"]
    assert seen(doc, "taizhang_targets") == [("不少于200名", "ge")]
    assert len(list(doc.sents)) == 3  # the user's own component has done its work


def test_a_value_stands_at_its_exact_characters(nlp):
    doc = nlp(TEXT)
    for name in NAMES:
        assert doc._.taizhang[name]
        for value in doc._.taizhang[name]:
            assert doc.text[value["start"] : value["end"]] == value["text"]


def test_a_span_carries_the_columns_of_the_contract(nlp):
    doc = nlp(TEXT)
    due = doc.spans["taizhang_deadlines"][0]._.taizhang
    assert (due["kind"], due["due_on"], due["precision"]) == ("due", "2022-11-30", "month")
    assert load().rule(due["rule_id"]).kind == "deadline"
    cited = doc.spans["taizhang_citations"][0]._.taizhang
    assert (cited["doc_number"], cited["issuer_code"], cited["year"], cited["number"]) == (
        "国办函〔2021〕132号",
        "国办函",
        2021,
        132,
    )
    target = doc.spans["taizhang_targets"][0]._.taizhang
    assert (target["comparator"], target["value"], target["measure"]) == ("ge", "200", "名")


def whole(nlp):
    """A tokenizer that makes one token of the whole text: no name ends where a token does."""
    return lambda text: Doc(nlp.vocab, words=[text], spaces=[False])


@pytest.mark.parametrize(("alignment", "tokens"), [("expand", [GLUED, GLUED]), ("contract", []), ("strict", [])])
def test_names_inside_one_token_keep_their_own_characters(alignment, tokens):
    nlp = spacy.blank("zh")
    nlp.tokenizer = whole(nlp)
    nlp.add_pipe("taizhang_units", config={"listed": True, "alignment": alignment})
    doc = nlp(GLUED)
    assert [span.text for span in doc.spans["taizhang_units"]] == tokens
    # two spans over one token, and each finds its own value
    assert [span._.taizhang["text"] for span in doc.spans["taizhang_units"]] == (
        ["区政府办公室", "区行政审批局"] if tokens else []
    )
    assert [(v["start"], v["end"]) for v in doc._.taizhang["taizhang_units"]] == [(0, 6), (6, 12)]


def test_a_year_not_printed_is_the_plans_own():
    nlp = spacy.blank("zh")
    nlp.add_pipe("taizhang_deadlines", config={"year": 2023})
    assert nlp("年底前建成")._.taizhang["taizhang_deadlines"][0]["due_on"] == "2023-12-31"
    doc = nlp.make_doc("年底前建成")
    doc._.taizhang_year = 2031
    assert nlp(doc)._.taizhang["taizhang_deadlines"][0]["due_on"] == "2031-12-31"


def test_a_cell_that_states_a_deadline_says_so():
    nlp = spacy.blank("zh")
    nlp.add_pipe("taizhang_deadlines", config={"stated": True})
    assert seen(nlp("持续推进"), "taizhang_deadlines") == [("持续推进", "ongoing")]


def test_a_doc_is_stored_and_read_again_with_its_values(nlp):
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.taizhang == doc._.taizhang
    assert seen(again, "taizhang_units") == seen(doc, "taizhang_units")


def test_a_pipeline_is_stored_and_read_again(tmp_path):
    nlp = spacy.blank("zh")
    nlp.add_pipe("taizhang_deadlines", config={"year": 2023})
    nlp.to_disk(tmp_path)
    assert seen(spacy.load(tmp_path)("年底前"), "taizhang_deadlines") == [("年底前", "due")]


def test_a_span_of_someone_elses_has_no_value(nlp):
    assert nlp(TEXT)[0:2]._.taizhang is None


def test_an_alignment_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="expand, contract, strict"):
        spacy.blank("zh").add_pipe("taizhang_units", config={"alignment": "loose"})


def python(code: str, *folders: Path) -> str:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_spacy_finds_the_components_by_their_names(tmp_path):
    """As after an installation: nothing of ours is imported, the entry points of pyproject.toml name the factories."""
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["spacy_factories"]
    assert tuple(points) == NAMES
    installed = tmp_path / "taizhang_test-0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: taizhang-test\nVersion: 0\n")
    lines = "".join(f"{name} = {target}\n" for name, target in points.items())
    (installed / "entry_points.txt").write_text(f"[spacy_factories]\n{lines}")
    adding = "".join(f"nlp.add_pipe({name!r}); " for name in NAMES)
    code = f"import spacy; nlp = spacy.blank('zh'); {adding}doc = nlp('年底前'); print(doc.spans['taizhang_deadlines'][0].text)"
    assert python(code, tmp_path, ROOT) == "年底前"


def test_a_plain_parse_imports_no_spacy(tmp_path):
    sample = next((ROOT / "samples").glob("*/source.docx"))
    code = (
        "import sys; from pipeline.cli import main; "
        f"code = main(['parse', {str(sample)!r}, '-o', {str(tmp_path / 'out')!r}]); "
        "print(code, 'spacy' in sys.modules)"
    )
    assert python(code, ROOT).splitlines()[-1] == "0 False"
