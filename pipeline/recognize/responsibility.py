"""stub"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..rulebook import RuleBook
from ..spans import fold
from .roles import RolePart, roles


@dataclass(frozen=True, slots=True)
class Responsibility:
    start: int
    end: int
    parts: tuple[RolePart, ...]
    deadlines: tuple[tuple[int, int], ...]
    rule: str = ""


def responsibility(text: str, book: RuleBook) -> tuple[Responsibility, ...]:
    view = fold(text)
    out = []
    for m in re.finditer(
        r"\((?:[^()]|\([^()]*\))*?(?:负责|牵头|参与|指导)(?:落实)?(?:[。,](?:排在|列)[^()]*)?\)|(?:责任(?:单位|处室)|牵头单位)[^。]{0,200}",
        view,
    ):
        parts = tuple(
            RolePart(p.role, p.start + m.start(), p.end + m.start(), p.rule)
            for p in roles(text[m.start() : m.end()].strip("（）()"), book, "responsible")
        )
        out.append(Responsibility(m.start(), m.end(), parts, ()))
    return tuple(out)
