"""A rule book that was built once is read back the same, and a kept one never stands for changed rules."""

import shutil

import pytest

from pipeline import rulecache, rulefiles
from pipeline.errors import RulesInvalid
from pipeline.recognize.deadlines import deadlines


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "taizhang"


@pytest.fixture
def rules(tmp_path):
    return shutil.copytree(rulefiles.default_folder(), tmp_path / "rules", ignore=shutil.ignore_patterns("*.csv"))


def test_a_kept_book_reads_as_the_built_one(cache, rules, monkeypatch):
    built = rulefiles.load(rules)
    assert len(list(cache.glob("rules-*.pickle"))) == 1
    monkeypatch.setattr(rulefiles, "build", lambda *_: pytest.fail("the kept book was not used"))
    kept = rulefiles.load(rules)
    assert kept == built and kept.fingerprint == built.fingerprint
    assert deadlines("6月30日前完成", kept, stated=True) == deadlines("6月30日前完成", built, stated=True)


def test_a_changed_rule_file_is_never_answered_from_the_cache(cache, rules):
    before = rulefiles.load(rules)
    file = rules / "narrative.toml"
    file.write_text(file.read_text("utf-8").replace('role    = "lead"', 'role    = "guiding"'), "utf-8")
    after = rulefiles.load(rules)
    assert before.fingerprint != after.fingerprint
    assert after.rule("narrative-lead").get("role") == "guiding"


def test_a_book_with_faults_is_not_kept(cache, rules):
    (rules / "broken.toml").write_text('[[deadline]]\nid = "x"\nkinds = "due"\n', "utf-8")
    for _ in range(2):
        with pytest.raises(RulesInvalid):
            rulefiles.load(rules)
    assert list(cache.glob("rules-*.pickle")) == []


def test_a_damaged_or_unwritable_cache_costs_nothing(cache, rules, monkeypatch):
    built = rulefiles.load(rules)
    for file in cache.glob("rules-*.pickle"):
        file.write_bytes(b"not a book")
    assert rulefiles.load(rules) == built
    monkeypatch.setattr(rulecache, "cache_folder", lambda: None)
    assert rulefiles.load(rules) == built
