"""Pages of government sites made by hand: the same paper set into the frames that such sites put around it."""

from __future__ import annotations

MENU = "<li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li><li><a href='/hdjl/'>互动交流</a></li>"
LINKS = "".join(
    f"<li><a href='http://x{n}.example/'>{name}</a></li>"
    for n, name in enumerate(("省人民政府", "市人民政府", "统计局网站", "人民网", "新华网"))
)
NEWS = "".join(
    f"<li><a href='/zwgk/{n}.htm'>{title}</a><span>2023-05-0{n}</span></li>"
    for n, title in enumerate(
        (
            "某区召开常务会议，研究部署安全生产、防汛救灾和重点项目建设等工作",
            "关于公布2023年政府信息公开工作年度报告的通知",
            "一图读懂：某区优化营商环境若干措施，附办理流程",
        ),
        1,
    )
)

# the paper as an editor's html; what it says, in order
PAPER = """
<p style="text-align:center"><span style="font-size:22pt">某区人民政府办公室关于印发</span></p>
<p style="text-align:center"><span style="font-size:22pt">2023年工作要点的通知</span></p>
<p align="center">某政办〔2023〕5号</p>
<p>各乡镇人民政府，区政府各部门：</p>
<p style="text-indent:2em">《2023年工作要点》已经区政府同意，现印发给你们，请结合实际认真贯彻落实。</p>
<p>&nbsp;</p>
<p style="text-align:right">某区人民政府办公室&nbsp;&nbsp;</p>
<p style="text-align:right">2023年3月1日</p>
<p style="text-indent:2em"><strong>一、优化营商环境</strong></p>
<p style="text-indent:2em">（一）完善网上办事。6月底前开通打印服务，分享办理结果，年底前全部事项网上可办。</p>
<table border="1" cellspacing="0"><tbody>
<tr><td><p>序号</p></td><td><p>任务</p></td><td><p>单位</p></td></tr>
<tr><td>1</td><td>完成老旧小区改造12个</td><td>区住建局<br>区财政局</td></tr>
</tbody></table>
<p style="text-indent:2em">附件：<a href="/upload/1.docx">任务清单.docx</a></p>
"""
SAID = [
    ("paragraph", "某区人民政府办公室关于印发"),
    ("paragraph", "2023年工作要点的通知"),
    ("paragraph", "某政办〔2023〕5号"),
    ("paragraph", "各乡镇人民政府，区政府各部门："),
    ("paragraph", "《2023年工作要点》已经区政府同意，现印发给你们，请结合实际认真贯彻落实。"),
    ("paragraph", "某区人民政府办公室"),
    ("paragraph", "2023年3月1日"),
    ("paragraph", "一、优化营商环境"),
    ("paragraph", "（一）完善网上办事。6月底前开通打印服务，分享办理结果，年底前全部事项网上可办。"),
    ("cell", "序号"),
    ("cell", "任务"),
    ("cell", "单位"),
    ("cell", "1"),
    ("cell", "完成老旧小区改造12个"),
    ("cell", "区住建局\n区财政局"),
    ("paragraph", "附件：任务清单.docx"),
]

# name → (page, what else of it is no furniture: what the site says about the paper)
FRAMES = {
    "marked": (
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作要点_某区政府</title><script>var a="<p>x</p>"</script></head>
<body><div class="header menu_hov"><div class="logo"><a href="/"><img src="logo.png"></a></div>
<div class="header_link_01"><a href="http://a.example">国务院</a></div><span>网站支持IPV6</span>
<em style="display:none">你好，<a href="/u">注销</a></em><ul role="navigation" des="主目录">{MENU}</ul>
<form><input type="hidden" value="402"><input type="text" placeholder="请输入"><button>搜索</button></form></div>
<div class="breadcrumb" role="navigation"><span>当前位置：</span><ul>{MENU}</ul></div>
<div class="article_component"><div class="article_extend"><span class="article_time">时间：2023-03-02 10:00</span>
<span class="share"><i></i><div class="share_box"><a href="javascript:;">微信</a><a href="javascript:;">微博</a></div></span></div>
<div class="article_content">{PAPER}</div></div>
<div class="footer"><div class="out_links" role="navigation"><p>友情链接</p><ul>{LINKS}</ul></div>
<p><span>网站标识码：1306070001</span> <a href="http://b.example">冀ICP备09032658号</a></p>
<p>为确保最佳浏览效果，建议您使用以下浏览器版本：IE浏览器9.0版本及以上；360浏览器9.1版本及以上。</p></div></body></html>""",
        [("paragraph", "时间：2023-03-02 10:00")],
    ),
    "tables": (
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<table width="980" border="0"><tr><td><a href="/">首页</a></td><td><a href="/zw">政务公开</a></td>
<td><a href="/bs">办事</a></td></tr></table>
<table width="980" border="0"><tr><td width="200" valign="top"><table width="100%"><tr><td>最新文件</td></tr>
<tr><td><ul>{NEWS}</ul></td></tr></table></td>
<td valign="top"><table width="760"><tr><td>您现在的位置：<a href="/">首页</a> &gt;&gt; <a href="/zw">政务公开</a></td></tr>
<tr><td align="center">发布时间：2023年03月02日　来源：区政府办</td></tr>
<tr><td>【字体：<a href="javascript:a(16)">大</a> <a href="javascript:a(14)">中</a> <a href="javascript:a(12)">小</a>】</td></tr>
<tr><td><div id="zoom">{PAPER}</div></td></tr>
<tr><td align="right">【<a href="javascript:print()">打印本页</a>】
【<a href="javascript:close()">关闭窗口</a>】</td></tr></table></td></tr></table>
<table width="980"><tr><td align="center">版权所有：某区人民政府　主办：某区人民政府办公室<br>
地址：某路1号　冀ICP备05001234号</td></tr></table>
</body></html>""",
        [("paragraph", "发布时间：2023年03月02日\u3000来源：区政府办")],
    ),
    "nameless": (
        f"""<body><form method="post" id="aspnetForm"><div><div><a href="/">首页</a>|<a href="/a">机构</a>|<a href="/b">办事</a></div></div>
<div><div>首页 &gt; 政务公开 &gt; 文件</div><div>{PAPER}</div>
<div>上一篇：<a href="/1.htm">关于调整领导小组成员的通知</a></div><div>下一篇：<a href="/2.htm">关于做好防汛工作的通知</a></div></div>
<div><h3>相关新闻</h3><ul>{NEWS}</ul></div><div>主办单位：某区人民政府办公室　技术支持：某公司</div></form></body>""",
        [],
    ),
    "index": (
        f"""<body><nav><ul>{MENU}</ul></nav><table class="xxgk_table" border="0">
<tr><td><b>索 引 号：</b></td><td>000014349/2023-00007</td><td><b>主题分类：</b></td><td>综合政务</td></tr>
<tr><td><b>发布机构：</b></td><td>某区人民政府办公室</td><td><b>成文日期：</b></td><td>2023年03月01日</td></tr></table>
<main>{PAPER}</main><aside><h4>相关解读</h4><ul>{NEWS}</ul></aside><footer>联系我们 网站地图</footer></body>""",
        [
            ("cell", "索 引 号："),
            ("cell", "000014349/2023-00007"),
            ("cell", "主题分类："),
            ("cell", "综合政务"),
            ("cell", "发布机构："),
            ("cell", "某区人民政府办公室"),
            ("cell", "成文日期："),
            ("cell", "2023年03月01日"),
        ],
    ),
}
