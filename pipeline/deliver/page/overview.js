// Many plans: a table that is filtered and sorted, the deadlines of all by month, the load of their units.
const PLANS = DATA.plans;
const asked = { search: "", year: "", region: "", issuer: "", unit: "" };
let sorted = ["", 1], allUnits = false, shownPlans = 300;
const COLUMNS = [
  ["year", (p) => p.plan_year ?? 0], ["plan", (p) => p.title ?? p.file_name], ["region", (p) => p.region_code ?? ""], ["tasks", (p) => p.task_count, "n"],
  ["units", (p) => unitsIn(p), "n"], ["deadlines", (p) => sum(p.kinds), "n"], ["findings", (p) => sum(p.findings)], ["coverage", (p) => p.accounted_ratio ?? 0],
];
const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);
const unitsIn = (p) => new Set(p.units.map(([name]) => name)).size;

function main() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title_all");
  fill(document.getElementById("page"),
    el("header", { class: "top" }, el("div", { class: "name" }, el("h1", {}, say("title_all"))),
      el("nav", { id: "tools", "aria-label": say("help") },
        el("button", { class: "button quiet", type: "button", onclick: () => print() }, say("print")),
        el("button", { class: "button quiet", type: "button", id: "language", onclick: switchLanguage }, say("language")),
        el("button", { class: "button quiet", type: "button", id: "help", onclick: () => helpBox("help_text_all") }, "?"))),
    el("main", { class: "overview" }, el("div", { class: "sums", id: "sums" }), el("div", { class: "bar", id: "filters", role: "search" }),
      el("table", { class: "plans", id: "plans" }), el("p", { id: "more" }), el("div", { class: "drawn", id: "drawn" })),
    el("div", { id: "said", role: "status", "aria-live": "polite" }));
  drawFilters();
  draw();
}

function chosen() {
  const wanted = asked.search.toLowerCase();
  const rows = PLANS.filter((p) => (!asked.year || String(p.plan_year ?? "") === asked.year || (asked.year === "-" && !p.plan_year))
    && (!asked.region || p.region_name === asked.region) && (!asked.issuer || p.issuer === asked.issuer)
    && (!asked.unit || p.units.some(([name]) => name === asked.unit))
    && (!wanted || [p.title, p.file_name, p.issuer, p.doc_number, p.region_name, ...p.units.map(([name]) => name)].some((text) => text?.toLowerCase().includes(wanted))));
  const by = COLUMNS.find(([name]) => name === sorted[0])?.[1];
  return by ? [...rows].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0) * sorted[1]) : rows;
}

function drawFilters() {
  const kept = document.activeElement?.dataset?.filter;
  const options = (name, read) => {
    const n = new Map();
    PLANS.forEach((p) => new Set(read(p)).forEach((v) => v && n.set(v, (n.get(v) ?? 0) + 1)));
    const rows = [...n].sort((a, b) => (name === "year" ? (a[0] < b[0] ? 1 : -1) : b[1] - a[1]));
    return choice(name, [["", `${say(name)}${say("colon")}${say("all")}`], ...rows.map(([v, count]) => [v, `${v} (${count})`])], asked[name], (v) => ask(name, v));
  };
  fill(document.getElementById("filters"),
    el("input", { type: "search", id: "search", value: asked.search, placeholder: say("search_hint"), "aria-label": say("search"), oninput: (event) => { asked.search = event.target.value.trim(); draw(); } }),
    options("year", (p) => [String(p.plan_year ?? "")]), options("region", (p) => [p.region_name]), options("issuer", (p) => [p.issuer]), options("unit", (p) => p.units.map(([name]) => name)),
    el("button", { class: "button quiet", type: "button", id: "clear", onclick: clear }, say("clear")), el("span", { class: "also", id: "count" }));
  if (kept) document.querySelector(`[data-filter="${kept}"]`)?.focus();
}

function ask(name, value) {
  asked[name] = value;
  drawFilters();
  draw();
}

function clear() {
  Object.keys(asked).forEach((name) => { asked[name] = ""; });
  drawFilters();
  draw();
}

function draw() {
  const rows = chosen();
  const read = rows.reduce((a, p) => a + p.char_count, 0), unread = rows.reduce((a, p) => a + p.unparsed_chars, 0);
  fill(document.getElementById("count"), say("shown", { n: rows.length, of: PLANS.length }));
  fill(document.getElementById("sums"), [
    [rows.length, say("plans")], [rows.reduce((a, p) => a + p.task_count, 0), say("tasks")], [new Set(rows.flatMap((p) => p.units.map(([name]) => name))).size, say("units")],
    [rows.reduce((a, p) => a + sum(p.kinds), 0), say("deadlines")], [rows.reduce((a, p) => a + sum(p.findings), 0), say("findings")],
    [percent(read ? (read - unread) / read : 1), say("coverage")],
  ].map(([n, name]) => el("div", {}, el("b", {}, n), el("span", {}, name))));
  const arrow = (name) => (sorted[0] === name ? (sorted[1] > 0 ? " ↑" : " ↓") : "");
  fill(document.getElementById("plans"),
    el("thead", {}, el("tr", {}, COLUMNS.map(([name, , kind]) => el("th", { class: kind ?? "", scope: "col", "aria-sort": sorted[0] === name ? (sorted[1] > 0 ? "ascending" : "descending") : null },
      el("button", { type: "button", onclick: () => { sorted = [name, sorted[0] === name ? -sorted[1] : 1]; draw(); } }, say(name), arrow(name)))))),
    el("tbody", {}, rows.length ? rows.slice(0, shownPlans).map(planRow) : el("tr", {}, el("td", { colspan: COLUMNS.length, class: "empty" }, say("nothing")))));
  fill(document.getElementById("more"), rows.length > shownPlans ? el("button", { class: "button", type: "button", onclick: () => { shownPlans += 1000; draw(); } }, say("more_plans", { n: rows.length - shownPlans })) : null);
  drawCharts(rows);
}

const percent = (ratio) => `${(Math.floor(ratio * 10000) / 100).toFixed(2)}%`;

function planRow(p) {
  const name = p.title || p.file_name;
  return el("tr", { class: p.is_current ? "" : "old" },
    el("td", {}, p.plan_year ?? say("no_year")),
    el("td", { class: "title" }, p.page ? el("a", { href: encodeURIComponent(p.page) }, name) : el("span", { title: say("no_page") }, name), p.is_current ? null : el("span", { class: "grade" }, say("superseded")),
      el("div", { class: "file" }, [p.doc_number, p.issuer, p.file_name].filter(Boolean).join(" · "), p.page ? "" : ` · ${say("no_page")}`)),
    el("td", {}, p.region_name ?? (p.admin_level === "national" ? say("nation") : say("no_year")), el("div", { class: "also" }, p.admin_level ? term("levels", p.admin_level) : "")),
    el("td", { class: "n" }, p.task_count), el("td", { class: "n" }, unitsIn(p)),
    el("td", { class: "n" }, sum(p.kinds), el("div", { class: "also" }, Object.entries(p.kinds).sort((a, b) => b[1] - a[1]).slice(0, 3).map(([kind, n]) => `${term("kinds", kind)} ${n}`).join("，"))),
    el("td", {}, ["error", "warning", "info"].filter((grade) => p.findings[grade]).map((grade) => el("span", { class: `grade ${grade}` }, `${term("severities", grade)} ${p.findings[grade]}`))),
    el("td", { class: p.unparsed_chars ? "gaps" : "" }, percent(p.accounted_ratio ?? 0), p.unparsed_chars ? el("div", { class: "also" }, `${say("unread")} ${p.unparsed_chars}`) : null));
}

function drawCharts(rows) {
  const counts = new Map(), loads = new Map();
  rows.forEach((p) => {
    Object.entries(p.months).forEach(([month, n]) => counts.set(month, new Map([["due", (counts.get(month)?.get("due") ?? 0) + n]])));
    p.units.forEach(([name, role, n]) => {
      if (!loads.has(name)) loads.set(name, new Map());
      loads.get(name).set(role, (loads.get(name).get(role) ?? 0) + n);
    });
  });
  const roles = ["lead", "responsible", "supporting", "guiding"];
  const busy = [...loads].map(([name, n]) => [name, name, n]).sort((a, b) => sum(Object.fromEntries(b[2])) - sum(Object.fromEntries(a[2])) || (a[0] < b[0] ? -1 : 1));
  const drawn = allUnits ? busy : busy.slice(0, 20);
  fill(document.getElementById("drawn"),
    el("section", {}, el("h2", {}, say("timeline")), monthChart(counts, ["due"], [say("deadlines")], "", () => {})),
    el("section", {}, el("h2", {}, say("loads")), nameChart(drawn, roles, roles.map((role) => say(role)), asked.unit, (name) => ask("unit", name), say("loads")),
      drawn.length < busy.length ? el("button", { class: "button", type: "button", onclick: () => { allUnits = true; draw(); } }, say("more", { n: busy.length - drawn.length })) : null));
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  store("taizhang:language", language);
  main();
  document.getElementById("language").focus();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") clear();
  if (event.target.closest("input, select")) return;
  if (event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
  if (event.key === "?") helpBox("help_text_all");
});

main();
