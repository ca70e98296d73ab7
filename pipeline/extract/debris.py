"""What of a web page belongs to the site and not to the document: menus, the way to the page, tools, footers."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from .htmltree import names

# names that designers give to parts of a site
_PARTS = names(
    """nav navbar navbox navigation navigate menu menus submenu breadcrumb breadcrumbs crumb crumbs weizhi dqwz curpos
    footer foot copyright banquan share bdshare bdsharebuttonbox jiathis addthis toolbar tools sidebar pager pagination
    paging search sousuo login friendlink friendlinks yqlj qrcode ewm erweima gotop backtop totop banner logo topbar
    pinglun comments reply toplink sitemap wza barrier links aged"""
)
# such parts may hold the title of the document as well
_MAYBE = names("header head top bottom location position aside related relate recommend print hot comment")
_TAGS = names("nav footer aside menu")
_ROLES = names("navigation banner contentinfo search complementary toolbar menu menubar serve interaction")
# labels that government sites print above a document (国办发〔2017〕47号: 政府网站发展指引)
LABELS = re.compile(
    r"索 *引 *号|发 *文 *字 *号|文 *号[:：]|发 *文 *机 *[关构]|发 *布 *机 *[关构]|成 *文 *日 *期|信息来源|发布日期|发布时间"
)

_TOOL = (
    r"打印(?:本页|此页|文章|内容|预览)?|我要(?:打印|纠错|分享)|网?页?纠错"
    r"|关闭(?:窗口|本页|页面)?|字 *[号体](?:大小)?|视力保护色?|放大|缩小|默认|正常"
    r"|(?:加入|添加|立即)?收藏(?:本页|本站|此页)?|设为首页|分享(?:到|至)?|(?:新浪|腾讯)?微博|微信(?:好友|朋友圈)?|朋友圈|QQ(?:空间|好友)?"
    r"|人人网|豆瓣网?|更多|返回(?:顶部|首页|列表|上一?[页级])?|顶部|扫(?:一扫|码)(?:在?手机(?:上|端)?(?:打开|查看|浏览|访问)(?:当前|本)?页?面?)?"
    r"|在?手机(?:上|端)?(?:打开|查看|浏览)(?:当前|本)?页面?|下载(?:文字版|Word版|PDF版|文档)?|朗读|语音(?:播报|阅读)?|播放|暂停|无障碍(?:阅读|浏览|版)?|长者(?:模式|版|专区)"
    r"|适老(?:化|版)|简体|繁体|点击数?|浏览(?:次数|量)?|阅读(?:次数|量)?|访问量|人次|次|[大中小]|A[+-]?|T"
)
_TOOLS = re.compile(_TOOL, re.IGNORECASE)
_ONLY_TOOLS = re.compile(rf"(?:[^\w]|[\d_]|{_TOOL})*+\Z", re.IGNORECASE)
_WAY = re.compile(
    r"[【\[]?(?:您|你)?(?:现在|当前|目前|所在)?(?:所在|所处)?的?(?:当前|所在)?位置(?:是|在)?[】\]]? *[:：]"
    r"|首页 *[>»›＞]|网站首页$|首页$"
)
_NEXT = re.compile(r"[上下]一[篇条页]|相关(?:文件|链接|文档|文章|阅读|解读|新闻|信息)[:：]?$|责任编辑[:：]|评论回复$")
_FOOT = re.compile(
    r"版权所有|copyright|©|ICP *备|公网安备|网站标识码|技术支持|网站地图|联系我们|(?:为确保)?最佳(?:浏览|分辨率)|建议您?使用"
    r"|(?:网站)?[主承协]办(?:单位)?[:：]|违法和不良信息|政府网站找错",
    re.IGNORECASE,
)
_SURE = re.compile(r"ICP *备 *[0-9]|公网安备 *[0-9]|网站标识码[:：]? *[0-9]", re.IGNORECASE)
FILES = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|rtf|txt|zip|rar|7z|pptx?|ceb)\b", re.IGNORECASE)
LINE_LIMIT = 200


def site_part(element: etree._Element) -> int:
    """How surely an element is called or marked as a part of the site: 0 not, 1 if it is full of links, 2 by its very name.

    Its caller sees to it that no document is in it.
    """
    if element.tag in _TAGS or (element.get("role") or "").lower() in _ROLES:
        return 2
    if element.tag == "header":
        return 1
    called = f"{element.get('id') or ''} {element.get('class') or ''}"
    return 0 if called == " " else _called(called[:500].lower())


@lru_cache(maxsize=4096)
def _called(name: str) -> int:
    parts = set(re.split(r"[^a-z]+", name))
    return 2 if parts & _PARTS else 1 if parts & _MAYBE else 0


def tools(text: str) -> bool:
    """Whether a line holds nothing but what a site puts around a document: 字号：大 中 小 打印 关闭; its place in the site."""
    if len(text) > LINE_LIMIT:
        return False
    if _WAY.match(text) or _SURE.search(text):
        return True
    found = _tokens(text)
    return (len(found) >= 2 and max(map(len, found)) >= 2) or any(len(word) >= 4 for word in found)


def around(text: str) -> bool:
    """Whether a line that stands outside of the running text is the site's: footers, the next page, related pages."""
    return len(text) <= 2 * LINE_LIMIT and bool(
        tools(text)
        or _NEXT.match(text)
        or _FOOT.match(text)
        or ("。" not in text and _FOOT.search(text))
        or any(len(word) >= 2 for word in _tokens(text))
    )


def _tokens(text: str) -> list[str]:
    # the tools a line names; none when it says anything else
    return _TOOLS.findall(text) if len(text) <= LINE_LIMIT and _ONLY_TOOLS.match(text) else []
