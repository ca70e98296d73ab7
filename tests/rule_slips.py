"""The slips of a clerk, with what each is answered: for the tests and for docs/rules.zh-CN.md."""

from __future__ import annotations

GOOD = """# 时限用语
[[deadline]]
id      = "by-fair"
kind    = "event"
phrases = ["庙会前"]
hit     = [
  { text = "务必在【庙会前】完成", gives = "event" },
]
miss    = ["庙会期间"]
source  = "县里的通知"
"""

# what it is, (what stands in GOOD, what was typed instead), how the answer begins
SLIPS = [
    ("a Chinese quote", ('"by-fair"', "“by-fair”"), 'x.toml:3 [-] 这里用了中文标点 “ → 换成英文标点（半角）"'),
    (
        "a full-width equals sign",
        ("kind    =", "kind    ＝"),
        "x.toml:4 [-] 这里用了中文标点 ＝ → 换成英文标点（半角）=",
    ),
    (
        "a full-width comma",
        ('完成", gives', '完成"， gives'),
        "x.toml:7 [-] 这里用了中文标点 ， → 换成英文标点（半角）,",
    ),
    ("a full-width blank", ("kind    =", "kind\u3000="), "x.toml:4 [-] 这里有全角空格 → 换成半角空格"),
    (
        "a list that nothing closes",
        ('["庙会前"]', '["庙会前"'),
        "x.toml:5 [-] [ 没有配对的 ] → 在这一项的末尾补上 ]",
    ),
    (
        "a quote that nothing closes",
        ('"庙会前"', '"庙会前'),
        "x.toml:5 [-] 引号没有成对 → 补上另一个英文引号；文字里的引号用中文引号“ ”",
    ),
    (
        "English quotes in a sentence",
        ("务必在", '务必"按时"在'),
        "x.toml:7 [-] 文字里用了英文引号，后面的文字落在了引号之外 → 文字里的引号改用中文引号“ ”",
    ),
    (
        "no comma between two keys",
        ('完成", gives', '完成" gives'),
        "x.toml:7 [-] 花括号里缺逗号、换了行，或没有用 } 结束",
    ),
    ("a word without quotes", ('"event"\nph', "event\nph"), "x.toml:4 [-] = 后面的值不对 → 文字要加英文引号"),
    ("a remark without #", ("# 时限用语", "时限用语"), "x.toml:1 [-] 这一行不是 键 = 值，也不是 [[条目]]"),
    (
        "one bracket for two",
        ("[[deadline]]", "[deadline]"),
        "x.toml:2 [-] [deadline] 不是条目的开头 → 每条以 [[deadline]] 开头",
    ),
    ("a heading in Chinese brackets", ("[[deadline]]", "【【deadline】】"), "x.toml:2 [-] 这里用了中文标点 【"),
    (
        "a kind misspelt",
        ("[[deadline]]", "[[deadlines]]"),
        "x.toml:2 [by-fair] 不认识的条目 [[deadlines]] → 是不是 [[deadline]]？",
    ),
    ("a key misspelt", ("phrases =", "phrase ="), "x.toml:5 [by-fair] 不认识的键 phrase → 是不是 phrases？"),
    (
        "a key twice",
        ('kind    = "event"', 'kind = "due"\nkind = "event"'),
        "x.toml:5 [-] 同一个键写了两次 → 删去其中一个",
    ),
    (
        "a meaning that does not exist",
        ('kind    = "event"', 'kind    = "later"'),
        "x.toml:4 [by-fair] kind 的值不对：没有 later 这一种 → 从 due、window、within",
    ),
    (
        "a list that is none",
        ('["庙会前"]', '"庙会前"'),
        'x.toml:5 [by-fair] phrases 的值不对：应是一列文字 → 写成 phrases = ["…", "…"]',
    ),
    ("no source", ('source  = "县里的通知"', ""), 'x.toml:2 [by-fair] 缺少 source → 写成 source = "…"'),
    (
        "a slot that does not exist",
        ('["庙会前"]', '["{庙会}前"]'),
        "x.toml:5 [by-fair] 不认识的空位 {庙会}，可用的有：年、月、日",
    ),
    (
        "the opening mark forgotten",
        ("【庙会前】", "庙会前】"),
        "x.toml:7 [by-fair] 例句里的 】 没有配对的 【 → 在应认出的文字前面补上 【",
    ),
    (
        "the closing mark forgotten",
        ("【庙会前】", "【庙会前"),
        "x.toml:7 [by-fair] 例句里的 【 没有配对的 】 → 在应认出的文字末尾补上 】",
    ),
    (
        "another mark",
        ("【庙会前】", "[庙会前]"),
        "x.toml:7 [by-fair] 例句没有用【】标出应认出的文字 → [] 不是标记，换成【】",
    ),
    (
        "a meaning that the rule does not give",
        ('gives = "event"', 'gives = "due"'),
        "x.toml:7 [by-fair] “庙会前”的意思是 event，例句写的是 due → 改正 gives，或改正规则的意思",
    ),
    (
        "a meaning not filled in",
        (', gives = "event"', ""),
        'x.toml:7 [by-fair] “庙会前”的 gives 还没有填 → 若意思对，写 gives = "event"；不对，改规则的意思',
    ),
    (
        "a sentence that the phrase does not meet",
        ("【庙会前】", "【庙会之前】"),
        "x.toml:7 [by-fair] 什么也没有认出，应为：务必在【庙会之前】完成 → 看短语与例句的写法是否一致",
    ),
    (
        "a mark in the wrong place",
        ("【庙会前】", "【庙会】前"),
        "x.toml:7 [by-fair] 认出的是：务必在【庙会前】完成，应为：务必在【庙会】前完成 → 改正例句的标记，或改短语",
    ),
    (
        "a sentence that must miss and is met",
        ("庙会期间", "庙会前夕"),
        "x.toml:9 [by-fair] 不应认出，却认出了“庙会前” → 收紧短语，或加排除词 not_followed_by、not_preceded_by",
    ),
]
