"""What a clause does: its verb and object. Verbs of official Chinese from rules/measures.toml, words from jieba."""

from __future__ import annotations

from dataclasses import dataclass

from ..spans import trim
from .clausewords import LONGEST_WORD, Clause, lists
from .words import Word

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Duty:
    """The verb and the object of one clause.

    acts    there is a verb that a duty can rest on, not only a noun made from one (政务公开工作)
    leads   the clause but leads to the next: 通过…, 结合实际, 2025年底前, …的基础上
    """

    action: Span | None
    object: Span | None
    acts: bool = True
    leads: bool = False


def duty(clause: Clause) -> Duty:
    """Verb and object of a clause; no action where it has none (a heading of nouns).

    Skipped are adverbs (进一步), words of obligation (要) and what leads to the verb (通过…, 为…, 对…); of 加快推进 the
    second verb acts. Of 将甲纳入乙 and 对甲进行检查 the object is 甲.
    """
    place = _first(clause, clause.start)
    if place >= clause.end:
        return Duty(None, None, acts=False, leads=True)
    ends = any(
        clause.view.endswith(word, place, clause.end) for word in ("时", "后", "前", "中", "上", "下", "的", "期间")
    )
    bare = _behind_adverbs(clause, place)
    prep = clause.lone("介词", bare)
    if prep and prep < clause.end:
        verb = _verb_behind(clause, prep, clause.view[bare:prep])
        if verb:
            done = _with_object(clause, verb, (clause.view[bare:prep], prep))
            ends = ends or _of_whom(clause, clause.view[bare:prep], verb)
            return Duty(done.action, done.object, acts=not ends, leads=ends)
        # 结合实际: with nothing behind it the means is what is done
        own = clause.listed("动词", bare)
        return Duty((bare, own) if own else None, _rest(clause, own) if own else None, acts=False, leads=True)
    verb = _verb_here(clause, place)
    if verb and (bound := _bound(clause, verb[1])) and "的" in clause.view[verb[1] : bound[0]]:
        verb = bound  # 排放…的企业应采取措施
    if verb:
        return _with_object(clause, verb, None)
    verb = _bound(clause, place) or _verb_behind(clause, place, "")
    if verb is None:
        return Duty(None, None, acts=False, leads=ends)
    done = _with_object(clause, verb, None)
    noun = clause.view[slice(*verb)] in lists(clause.book)["名动词"] and not _led(clause, verb[0])
    return Duty(done.action, done.object, acts=not ends and not noun, leads=ends)


def _of_whom(clause: Clause, prep: str, verb: Span) -> bool:
    # 对工作成效明显的市: the verb tells of whom, what is done comes behind
    known = lists(clause.book)
    whom = prep in ("对", "对于") and clause.view[slice(*verb)] not in known["轻动词"]
    return whom and "的" in clause.view[verb[1] : clause.end] and not _led(clause, verb[0])


def _first(clause: Clause, place: int) -> int:
    # days, numbers and marks before the clause begins to speak
    while (word := clause.word_at(place)) and (word.flag in ("m", "t", "f", "q") or not word.text[0].isalnum()):
        if clause.closed[place] and word.text[0].isalnum():
            break
        place = word.end
    return place


def _behind_adverbs(clause: Clause, place: int) -> int:
    while end := clause.listed("状语", place):
        if clause.listed("动词", place) >= end and not clause.lone("介词", end):
            break
        place = end
    return place


def _led(clause: Clause, place: int) -> bool:
    # whether an adverb or a word of obligation stands right before
    at = clause.starts.get(place, 0)
    return at > 0 and _leads(clause, clause.words[at - 1])


def _leads(clause: Clause, word: Word) -> bool:
    # 应加强; but not 优先评估计划
    adverb = bool(clause.listed("状语", word.start)) or word.flag in ("d", "ad")
    # 3个工作日内发布: so does a time
    timed = word.flag in ("t", "f", "l") and word.text[-1] in "内前底末日"
    return timed or (adverb and not clause.listed("兼定语", word.start))


def _bound(clause: Clause, start: int) -> Span | None:
    """The verb behind the first word of obligation: 企业应采取…."""
    for word in clause.from_place(start):
        end = 0 if clause.closed[word.start] else clause.listed("能愿", word.start)
        if not end and word.flag == "x" and word.text[-1] in lists(clause.book)["能愿"]:
            end = word.end  # 评价时应: 时应 is no word of any dictionary
        if end and end < clause.end and (verb := _verb_here(clause, end)):
            return verb
    return None


def _verb_here(clause: Clause, place: int, listed_only: bool = False) -> Span | None:
    """The verb that stands here, behind any adverbs; of a helping verb and the verb behind it the latter."""
    if place >= clause.end or clause.closed[place]:
        return None
    own = clause.listed("动词", place)
    skipped = max(clause.listed("状语", place), clause.listed("助动词", place))
    word = clause.word_at(place)
    if not skipped and word and word.flag in ("d", "ad", "c", "vd") and not own:
        skipped = word.end
    if skipped and (behind := _verb_here(clause, skipped, listed_only or bool(own))):
        return behind if own <= skipped else (place, own)
    if own:
        named = clause.view[place:own] in lists(clause.book)["名动词"] and clause.listed("主体", own)
        return None if named or _attribute(clause, own) else (place, own)
    if skipped or word is None:
        return None
    if word.flag in ("v", "vn", "vi") and len(word.text) > 1 and not listed_only:
        return None if _attribute(clause, word.end) else (place, word.end)
    # 认真落实 and 切实加强 are one word to jieba
    return _inside(clause, word)


def _inside(clause: Clause, word: Word) -> Span | None:
    known = lists(clause.book)
    for cut in range(1, len(word.text) if len(word.text) <= LONGEST_WORD else 0):
        if word.text[:cut] in known["状语"] and word.text[cut:] in known["动词"]:
            return (word.start + cut, word.end) if not _attribute(clause, word.end) else None
    return None


def _attribute(clause: Clause, end: int) -> bool:
    # 创新的办法: not a verb of the clause
    return end < clause.end and clause.view[end] in "的之"


def _verb_behind(clause: Clause, start: int, prep: str) -> Span | None:
    """The first verb behind a means or a subject; better one that an adverb or a word of obligation leads to.

    prep    the word that begins the means; the verbs right behind it are its own (通过制定实施…)
    """
    known = lists(clause.book)
    words = list(clause.from_place(start))
    if prep in ("对", "对于", "就"):
        for word in reversed(words):
            end = 0 if clause.closed[word.start] else clause.listed("轻动词", word.start)
            if end and end < clause.end and not clause.listed("定语尾", end):
                return word.start, end
    found: list[Span] = []
    led = own = bool(prep)
    for at, word in enumerate(words):
        end = 0 if clause.closed[word.start] else clause.listed("动词", word.start)
        own = own and (at == 0 or bool(end))
        if end and not own and not (end < clause.end and clause.listed("定语尾", end)):
            noun = clause.view[word.start : end] in known["名动词"]
            if led and not found:
                return _verb_here(clause, word.start) or (word.start, end)
            if not noun and end < clause.end:
                found.append((word.start, end))
        elif not (own or end or found or clause.closed[word.start]):
            if led and word.flag == "v" and len(word.text) > 1:
                return word.start, word.end
            if inner := _inside(clause, word):
                return inner
        led = not own and _leads(clause, word)
    if prep in known["提宾"]:
        # 将甲自主权下放给乙: the verb of such a clause says where to
        return next((v for v in found if _whereto(clause, v)), found[0] if found else None)
    return found[0] if found else None


def _whereto(clause: Clause, verb: Span) -> bool:
    return clause.view[verb[1] - 1] in "入为成到给至于" or clause.view[verb[1] : verb[1] + 1] in tuple(
        "到至为给成入在于"
    )


def _with_object(clause: Clause, verb: Span, prep: tuple[str, int] | None) -> Duty:
    known = lists(clause.book)
    word = clause.view[slice(*verb)]
    if brought := _brought_forward(clause, verb[0]):
        return Duty(verb, _before_adverbs(clause, brought, verb[0]))
    if prep and prep[0] in ("对", "对于", "就") and word in known["轻动词"]:
        # 对甲进行检查
        start, end = trim(clause.view, verb[1], clause.end)
        done = clause.listed("动词", start)
        if done and (done == end or clause.view[done] in "、和或及并"):
            return Duty((start, done), _before_adverbs(clause, prep[1], verb[0]))
        return Duty(verb, _rest(clause, verb[1]))
    # 优化提升…平台: two verbs that share their object
    behind = clause.listed("动词", verb[1])
    joined = (
        clause.view[verb[1] : behind] not in known["名动词"] | known["兼语动词"] | known["助动词"] if behind else False
    )
    if joined and behind < clause.end and word not in known["兼语动词"] and not _attribute(clause, behind):
        verb = (verb[0], behind)
    return Duty(verb, _rest(clause, verb[1]))


def _brought_forward(clause: Clause, place: int) -> int:
    # 将, 把 before the verb, in the same breath
    for word in reversed(clause.words[: clause.starts.get(place, 0)]):
        if word.text in (",", ":"):
            break
        if not clause.closed[word.start] and (end := clause.lone("提宾", word.start)):
            return end
    return 0


def _rest(clause: Clause, start: int) -> Span | None:
    start, end = trim(clause.view, start, clause.end, "了好、,;:")
    # 加强对甲的检查
    if start < end and clause.view[start] == "对" and "的" in clause.view[start:end] and clause.lone("介词", start):
        start += 1
    return (start, end) if start < end else None


def _before_adverbs(clause: Clause, start: int, end: int) -> Span | None:
    # 将甲统一纳入乙: the object ends before the adverb
    for word in reversed([w for w in clause.words if start <= w.start and w.end <= end]):
        if word.end != end or not (clause.listed("状语", word.start) or word.flag in ("d", "ad")):
            break
        end = word.start
    start, end = trim(clause.view, start, end, "、,;:")
    return (start, end) if start < end else None
