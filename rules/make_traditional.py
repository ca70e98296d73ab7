"""Make pipeline/traditional.py from OpenCC's TSCharacters.txt (Apache-2.0), as opencc-python-reimplemented ships it.

    pip download --no-deps opencc-python-reimplemented, unpack the wheel beside this call
    python rules/make_traditional.py opencc/dictionary/TSCharacters.txt

Only characters that GB/T 2312 does not have are taken: what simplified papers print stays as it is.
"""

import sys
from pathlib import Path

HEAD = '''"""Traditional characters and the simplified ones for them, one for one; made by rules/make_traditional.py from OpenCC.

Only those that GB/T 2312 does not have: what simplified papers print is not touched.
"""

'''


def known(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def literal(name: str, chars: str) -> str:
    lines = [chars[i : i + 50] for i in range(0, len(chars), 50)]
    return f"{name} = (\n" + "".join(f'    "{line}"\n' for line in lines) + ")\n"


def main(source: Path) -> None:
    pairs = []
    for line in source.read_text("utf-8").splitlines():
        hant, _, hans = line.partition("\t")
        first = hans.split(" ")[0]
        if len(hant) == len(first) == 1 and ord(hant) < 0x10000 and not known(hant) and known(first):
            pairs.append((hant, first))
    text = (
        HEAD
        + literal("TRADITIONAL", "".join(p[0] for p in pairs))
        + literal("SIMPLIFIED", "".join(p[1] for p in pairs))
    )
    (Path(__file__).parent.parent / "pipeline" / "traditional.py").write_text(text, "utf-8")


main(Path(sys.argv[1]))
