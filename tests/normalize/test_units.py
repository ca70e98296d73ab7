"""The register: two spellings of one unit are one unit; whose it is, when it was, who belongs to a group."""

from __future__ import annotations

import pytest

from pipeline.normalize.regions import Region
from pipeline.normalize.units import Printed, register
from pipeline.regionfiles import read_regions
from pipeline.rulefiles import default_folder, load

BOOK = load()
REGIONS = read_regions(default_folder())
MANCHENG = Region("130607", "保定市满城区", "county", "满城区")
BAODING = Region("130600", "保定市", "city", "保定市")
HEBEI = Region("130000", "河北省", "province", "河北省")
NATION = Region("100000", None, "national", "")
PINGGU = Region("110117", "北京市平谷区", "county", "平谷区")


def read(*names, region=MANCHENG, year=2022, book=BOOK):
    asked = [name if isinstance(name, Printed) else Printed(name) for name in names]
    made = register(asked, book.at(region.code if region else None), region, REGIONS, year)
    return [made[one.key] for one in asked]


@pytest.mark.parametrize(
    ("one", "other", "full"),
    [
        ("区发改局", "区发展和改革局", "保定市满城区发展和改革局"),
        ("区卫健局", "卫生健康局", "保定市满城区卫生健康局"),
        ("区委编办", "区编办", "保定市满城区委机构编制委员会办公室"),
        ("区市场监管局", "区市场监督管理局", "保定市满城区市场监督管理局"),
        ("区住建局", "区住房城乡建设局", "保定市满城区住房和城乡建设局"),
        ("区供销社", "区供销合作社联合社", "保定市满城区供销合作社联合社"),
        ("满城区教体局", "区教育和体育局", "保定市满城区教育和体育局"),
    ],
)
def test_two_spellings_of_one_unit_are_one_unit(one, other, full):
    short, long = read(one, other)
    assert short.unit_id == long.unit_id
    assert short.name == long.name == full
    assert set(short.short_names) == {one, other} - {full}


def test_two_departments_are_two_units():
    ids = [u.unit_id for u in read("区发改局", "区教育局", "区教体局", "区自然资源局", "区某某局", "区另一局")]
    assert len(set(ids)) == len(ids)


def test_the_level_above_is_the_place_above():
    own, city, province = read("区财政局", "市财政局", "省财政厅")
    assert [u.region_code for u in (own, city, province)] == ["130607", "130600", "130000"]
    assert [u.level for u in (own, city, province)] == ["county", "city", "province"]
    assert [u.name for u in (own, city, province)] == ["保定市满城区财政局", "保定市财政局", "河北省财政厅"]
    assert read("市财政局", region=BAODING)[0].unit_id == city.unit_id
    assert read("财政厅", region=HEBEI)[0].unit_id == province.unit_id


def test_the_city_above_a_district_of_a_municipality_is_the_municipality():
    [unit] = read("市财政局", region=PINGGU)
    assert (unit.region_code, unit.name) == ("110000", "北京市财政局")


def test_a_level_below_names_no_one_place():
    [unit] = read("县财政局", region=BAODING)
    assert (unit.region_code, unit.name) == (None, "县财政局")


def test_a_prefix_printed_once_is_put_back():
    plain, with_prefix = read("财政厅", Printed("财政厅", prefix="省"), region=BAODING)
    assert with_prefix.name == "河北省财政厅"
    assert with_prefix.unit_id == read("省财政厅", region=BAODING)[0].unit_id
    assert plain.unit_id != with_prefix.unit_id


def test_a_ministry_is_the_state_councils_in_any_plan():
    for region in (NATION, HEBEI, MANCHENG):
        [unit] = read("国家发展改革委", region=region)
        assert (unit.region_code, unit.name, unit.level) == ("100000", "国家发展和改革委员会", "national")


def test_a_bare_name_is_the_ministrys_in_a_national_plan_alone():
    assert read("发展改革委", region=NATION)[0].name == "国家发展和改革委员会"
    assert read("发展改革委", region=HEBEI)[0].name == "河北省发展和改革委员会"


def test_an_office_within_a_department_names_its_parent():
    whole, inner = read("区交通运输局", "区交通运输局办公室科")
    assert inner.parent_unit_id == whole.unit_id
    assert whole.parent_unit_id is None
    assert read("区交通运输局办公室科")[0].parent_unit_id is None  # the parent is not in this plan


def test_an_enterprise_bears_its_own_name():
    [unit] = read("国网甲乙供电公司")
    assert (unit.name, unit.kind) == ("国网甲乙供电公司", "enterprise")


@pytest.mark.parametrize(("year", "told"), [(2017, None), (2019, None), (2022, ("生态环境局", 2018)), (None, None)])
def test_a_department_that_was_merged_is_told_after_its_time(year, told):
    assert read("区环保局", year=year)[0].superseded_by == told


def test_a_ministry_that_was_merged_is_told_with_its_heir():
    assert read("农业部", region=NATION)[0].superseded_by == ("农业农村部", 2018)
    assert read("农业农村部", region=NATION)[0].superseded_by is None


def test_the_members_of_a_group_are_the_places_below():
    villages, streets, counties, cities = (
        read(Printed(name, True), region=region)[0]
        for name, region in (
            ("各乡（镇）政府", MANCHENG),
            ("各街道", MANCHENG),
            ("各县（市、区）人民政府", BAODING),
            ("各设区市人民政府", HEBEI),
        )
    )
    assert "神星镇" in villages.members and not any(n.endswith("街道") for n in villages.members)
    assert streets.members and all(name.endswith("街道") for name in streets.members)
    assert "满城区" in counties.members and "保定市" in cities.members
    assert villages.kind == "group" and villages.region_code == "130607"


@pytest.mark.parametrize("name", ["区政府各部门", "各科室", "区直有关单位"])
def test_a_group_nobody_has_a_list_of_has_no_members(name):
    assert read(Printed(name, True))[0].members == ()


def test_a_places_own_units_count_for_its_papers_alone():
    [here] = read("区生态环境分局")
    assert (here.name, here.kind) == ("保定市生态环境局满城区分局", "vertical")
    [elsewhere] = read("区生态环境分局", region=PINGGU)
    assert elsewhere.name == "北京市平谷区生态环境分局"


def test_a_clerk_adds_a_place_with_one_file(tmp_path):
    for file in default_folder().rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(default_folder())
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    stanza = """
[[unit]]
id     = "110117-grape"
region = "110117"
names  = ["葡萄办"]
full   = "平谷区大桃产业办公室"
kind   = "office"
hit    = [{ text = "【区财政局】【葡萄办】", gives = ["finance", "110117-grape"] }]
source = "a test"
"""
    (tmp_path / "places" / "110117.toml").write_text(stanza, "utf-8")
    book = load(tmp_path)
    assert read("葡萄办", region=PINGGU, book=book)[0].name == "平谷区大桃产业办公室"
    assert read("葡萄办", book=book)[0].name == "保定市满城区葡萄办"


def test_the_level_stands_once_in_a_full_name():
    group = read(Printed("区政府各部门", True))[0]
    assert group.name == "保定市满城区政府各部门"
    assert read("区委", "市委")[0].name == "保定市满城区委"
    assert [u.region_code for u in read("区委", "市委", "团市委")] == ["130607", "130600", "130600"]
    assert read("团区委", "共青团区委")[0].kind == "committee"


@pytest.mark.parametrize(
    ("name", "region", "code"),
    [
        ("福建证监局", HEBEI, "350000"),
        ("路桥区卫生局", HEBEI, "331004"),
        ("保定市财政局", MANCHENG, "130600"),
        ("鼓楼区财政局", Region("350100", "福州市", "city", "福州市"), "350102"),  # four places bear the name
        ("鼓楼区财政局", HEBEI, "130000"),
        ("高新片区管理局", MANCHENG, "130607"),
    ],
)
def test_a_place_in_a_name_is_looked_up_from_the_plans_own(name, region, code):
    [unit] = read(name, region=region)
    assert unit.region_code == code and unit.name.endswith(name)


def test_ids_do_not_depend_on_the_order_of_names():
    names = ["区发改局", "区财政局", "市财政局"]
    assert {u.unit_id for u in read(*names)} == {u.unit_id for u in read(*reversed(names))}


def test_nothing_is_read_from_a_place_that_is_not_known():
    [unit] = read("市财政局", region=None)
    assert (unit.name, unit.region_code) == ("市财政局", None)
