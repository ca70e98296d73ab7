"""Characters that a PDF names by their twins: fonts share one glyph between 工 and the radical ⼯, and files name either.

The twin is what the writer typed; the radical is an accident of the font. Source: Unicode, EquivalentUnifiedIdeograph.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺁厂⺃乚⺄乙⺅亻⺆冂⺉刂⺊卜⺋㔾⺍小⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭"
    "⺪疋⺫罒⺭礻⺯糹⺰纟⺱罓⺲罒⺹耂⺺肀⺼月⺽臼⺾艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻏阝⻐钅⻑長⻒镸⻓长⻔门"
    "⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
TWINS = {
    **{ord(one): other for one, other in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    # NFKC gives the traditional form; in a font the radical shares its glyph with this one
    0x2F3E: "户",
    # compatibility ideographs are canonically equal to one ideograph
    **{
        code: plain
        for code in range(0xF900, 0xFAFF)
        if (plain := unicodedata.normalize("NFC", chr(code))) != chr(code) and len(plain) == 1
    },
    0xA0: " ",
    0xAD: "-",
    # bullets and ticks of the Symbol and Wingdings fonts, which name them in the private area
    **dict(zip((0xF0B7, 0xF06C, 0xF06E, 0xF075, 0xF0A7, 0xF0A8, 0xF0D8, 0xF0FC, 0xF0FE), "•●■◆▪□➢✓☑", strict=True)),
}


def typed(text: str) -> str:
    """The characters as typed; one for one, so lengths stay."""
    return text if text.isascii() else text.translate(TWINS)
