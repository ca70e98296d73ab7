// What the page says, in Chinese and English; data stays in the language of the plan.
const DATA = JSON.parse(document.getElementById("data").textContent);
const WORDS = {
  zh: {
    source: "原文", read: "读出的内容", text_view: "文字", page_view: "版面", tasks: "任务", deadlines: "时限", units: "单位",
    citations: "引用", targets: "指标", measures: "措施", findings: "问题", charts: "图表", corrections: "更正",
    search: "搜索原文和表格", search_hint: "搜索（/）", unit: "单位", kind: "时限类型", month: "月份", finding: "问题", all: "全部",
    clear: "清除筛选", shown: "{n} / {of}", nothing: "没有符合条件的行", none_read: "这份文件没有读出这一类内容",
    accounted: "已解释", unread: "未解释", characters: "字", colon: "：", every_character: "每个字都有归属", next_unread: "下一处未解释",
    accept: "核对无误", correct: "更正", reject: "不是", undo: "撤销", save: "存为文件", load: "读入文件", add_as: "补记为",
    accepted: "已核对", corrected: "已更正", rejected: "已否定", added: "已补记", keep: "记下", cancel: "取消", note: "说明",
    kept: "已归档", local: "在本浏览器", names: "单位（用、分开）", withdraw: "撤回", withdrawn: "已撤回",
    save_hint: "存下 corrections.json 后运行 taizhang correct corrections.json", no_corrections: "还没有更正。在任何一个值上按 a 核对、c 更正、x 否定。",
    bad_file: "这个文件不是更正文件", other_plan: "文件里的更正属于另一份计划", loaded: "读入 {n} 条更正", saved: "已存 {n} 条更正",
    names_wrong: "“{n}”不在原文这几个字里", date_wrong: "日期不对",
    rule: "规则", means: "意思", phrases: "用语", sentences: "例句", not: "不认", by_role: "读作", role_only: "这几个字的作用", no_rule: "没有记下规则",
    unread_here: "没有任何规则解释这几个字", point: "指向左边的字或右边的值，这里说明它读作什么、依据哪条规则。", of_task: "任务", of_section: "章节",
    place: "位置", suggestion: "建议", help: "帮助", print: "打印", language: "English", close: "关闭", page: "第 {n} 页", table: "表 {n}", no_picture: "这一页没有图像",
    no_date: "无日期", timeline: "时限分布（按月）", loads: "单位任务量", undated: "没有日期的时限", more: "再显示 {n} 家", more_plans: "再显示 {n} 份", rows_shown: "显示的行数",
    lead: "牵头", responsible: "责任", supporting: "配合", guiding: "指导", column: "列", show_measures: "标出措施", legend: "图例",
    back: "全部计划", human: "人工更正", selection: "选中的文字", task_row: "任务行", jump_source: "看原文", prev: "上一条", next: "下一条",
    title_all: "工作计划总览", plans: "份计划", year: "年度", region: "地区", issuer: "发文机关", plan: "计划", coverage: "已解释", no_year: "未注明", nation: "全国",
    level: "级别", open_page: "打开", no_page: "还没有生成页面", current: "现行", superseded: "旧版", plans_of_unit: "涉及计划",
    help_text: [["j / k", "下一个、上一个问题"], ["[ / ]", "当前表的上一行、下一行"], ["1–9", "换到第几个表"], ["/", "搜索；回车到下一处"], ["a", "核对无误"], ["c", "更正"], ["x", "不是（否定）"], ["u", "撤销对当前值的更正"], ["n", "下一处未解释的文字"], ["v", "文字、版面切换"], ["s", "存更正文件"], ["Esc", "取消、清除筛选"], ["?", "帮助"]],
    help_text_all: [["/", "搜索"], ["Esc", "清除筛选"], ["?", "帮助"]],
    help_intro: "左边是原文，右边是读出的内容。指向任一边，另一边亮出对应的字和值；点一下就固定。红框斜纹是没有规则解释的文字。更正存在浏览器里，存成文件后由 taizhang correct 读回，优先于规则。",
    kinds: { due: "限期", window: "时段", within: "时长内", recurring: "定期", ongoing: "持续", event: "事件", immediate: "立即", indefinite: "不定期", none: "未填", unresolved: "未解释" },
    severities: { error: "错误", warning: "警告", info: "提示" },
    roles: { title: "标题", doc_number: "发文字号", salutation: "主送机关", heading: "章节标题", text: "正文", table_header: "表头", section_row: "表内章节行", task_cell: "任务单元格", attachment: "附件说明", signature: "署名", date: "成文日期", note: "注释", furniture: "页眉页脚等", unparsed: "未解释", structure: "结构" },
    relations: { implements: "贯彻", forwards: "转发", refers: "提及", repeals: "废止", same: "一致", summary: "概括", split: "拆分", merged: "合并", reworded: "改写", dropped: "去掉", new: "新增" },
    obligations: { must: "必须", must_not: "不得", should: "应当", may: "可以", explore: "探索" },
    comparators: { ge: "≥", gt: ">", le: "≤", lt: "<", eq: "=", approx: "约", all: "全部" },
    splits: { separator: "分隔符", paragraph: "分段", grammar: "语法", registry: "名录", correction: "人工" },
    precisions: { day: "日", dekad: "旬", month: "月", quarter: "季度", half: "半年", year: "年", five_year: "五年" }, sources: { text: "原文", plan: "计划年度", rule: "规则" },
    unit_kinds: { government: "政府", department: "部门", office: "办事机构", vertical: "垂管单位", township: "乡镇街道", enterprise: "企业", committee: "委员会", group: "群体" },
    origins: { table: "任务表", inline: "正文", clause: "条款" },
    levels: { national: "国家", province: "省", city: "市", county: "县", township: "乡" },
  },
  en: {
    source: "Source", read: "What was read", text_view: "Text", page_view: "Pages", tasks: "Tasks", deadlines: "Deadlines", units: "Units",
    citations: "Citations", targets: "Targets", measures: "Measures", findings: "Findings", charts: "Charts", corrections: "Edits",
    search: "Search source and tables", search_hint: "Search (/)", unit: "Unit", kind: "Kind", month: "Month", finding: "Finding", all: "all",
    clear: "Clear filters", shown: "{n} / {of}", nothing: "No row meets the filters", none_read: "Nothing of this sort was read in this file",
    accounted: "Accounted for", unread: "unread", characters: "characters", colon: ": ", every_character: "every character is accounted for", next_unread: "Next unread words",
    accept: "Accept", correct: "Correct", reject: "Reject", undo: "Undo", save: "Save file", load: "Load file", add_as: "Add as",
    accepted: "accepted", corrected: "corrected", rejected: "rejected", added: "added", keep: "Keep", cancel: "Cancel", note: "Note",
    kept: "filed", local: "in this browser", names: "Units (between 、)", withdraw: "Withdraw", withdrawn: "withdrawn",
    save_hint: "Save corrections.json, then run taizhang correct corrections.json", no_corrections: "No corrections yet. On any value press a to accept, c to correct, x to reject.",
    bad_file: "This file holds no corrections", other_plan: "The corrections of this file belong to another plan", loaded: "{n} corrections loaded", saved: "{n} corrections saved",
    names_wrong: "“{n}” does not stand in these words", date_wrong: "No such date",
    rule: "Rule", means: "Meaning", phrases: "Phrases", sentences: "Sentences", not: "Not", by_role: "Read as", role_only: "What these words are", no_rule: "no rule is recorded",
    unread_here: "No rule explains these words", point: "Point at words on the left or at a value on the right: this tells what was made of them, and by which rule.", of_task: "Task", of_section: "Section",
    place: "Place", suggestion: "Suggestion", help: "Help", print: "Print", language: "中文", close: "Close", page: "Page {n}", table: "Table {n}", no_picture: "No picture of this page",
    no_date: "no date", timeline: "Deadlines by month", loads: "Tasks of each unit", undated: "Deadlines without a date", more: "{n} more units", more_plans: "{n} more plans", rows_shown: "rows shown",
    lead: "lead", responsible: "responsible", supporting: "supporting", guiding: "guiding", column: "Column", show_measures: "Mark measures", legend: "Legend",
    back: "All plans", human: "correction", selection: "Selected words", task_row: "Task row", jump_source: "See source", prev: "Previous", next: "Next",
    title_all: "Work plans", plans: "plans", year: "Year", region: "Region", issuer: "Issuer", plan: "Plan", coverage: "Accounted", no_year: "not stated", nation: "China",
    level: "Level", open_page: "Open", no_page: "no page yet", current: "current", superseded: "superseded", plans_of_unit: "Plans",
    help_text: [["j / k", "next, previous finding"], ["[ / ]", "previous, next row of the table"], ["1–9", "go to a table"], ["/", "search; Enter for the next place"], ["a", "accept"], ["c", "correct"], ["x", "reject"], ["u", "undo the correction of this value"], ["n", "next unread words"], ["v", "text or pages"], ["s", "save the corrections"], ["Esc", "cancel, clear filters"], ["?", "help"]],
    help_text_all: [["/", "search"], ["Esc", "clear filters"], ["?", "help"]],
    help_intro: "The source is on the left, what was read from it on the right. Point at either and the other lights up; a click holds it. Words in a hatched red frame were explained by no rule. Corrections stay in this browser until they are saved; taizhang correct reads the file back, and a correction beats a rule.",
    kinds: { due: "due", window: "window", within: "within", recurring: "recurring", ongoing: "ongoing", event: "event", immediate: "immediate", indefinite: "indefinite", none: "none", unresolved: "unresolved" },
    severities: { error: "error", warning: "warning", info: "info" },
    roles: {}, relations: {}, obligations: {}, splits: {}, levels: {}, precisions: {}, unit_kinds: {}, sources: {}, origins: {},
    comparators: { ge: "≥", gt: ">", le: "≤", lt: "<", eq: "=", approx: "≈", all: "all" },
  },
};

let language = stored("taizhang:language") === "en" ? "en" : "zh";

/** The words of a key in the language of the page, {n} filled in. */
function say(key, values) {
  const text = WORDS[language][key] ?? WORDS.zh[key] ?? key;
  return values ? text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "")) : text;
}

/** What a coded value is called: term("kinds", "due") → 限期. */
function term(group, value) {
  return WORDS[language][group]?.[value] ?? (language === "en" ? String(value).replaceAll("_", " ") : value);
}

/** The label of a column of a table. */
function label(table, column) {
  return language === "en" ? column[0].toUpperCase() + column.slice(1).replaceAll("_", " ") : DATA.labels?.[table]?.[column] ?? column;
}

/** What the browser keeps under a name; null where it keeps nothing or refuses. */
function stored(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

/** Have the browser keep a value; where it refuses, the page goes on without. */
function store(name, value) {
  try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* private mode */ }
}
