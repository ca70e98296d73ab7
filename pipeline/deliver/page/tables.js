// The right side: one list a table, filtered alike; each row and each value in it points to its words.
const TABS = ["tasks", "deadlines", "units", "citations", "targets", "measures", "findings", "charts", "corrections"];
const filters = { unit: "", kind: "", month: "", finding: "", search: "" };
let tab = "tasks", rowList = null, rowsShown = [];
const CHUNK = 50;

/** A value that points to its words. */
function value(ref, words, extra) {
  return el("button", { class: `v ${SORT[ref[0]] ?? ""} ${extra ?? ""} ${verdictClass(ref)}`, type: "button", "data-r": ref }, words);
}

const cell = (name, ...children) => el("div", { class: `cell ${name}`, role: "cell" }, children);
const badge = (kind) => el("span", { class: `badge ${kind}` }, term("kinds", kind));
const dates = (row) => [row.starts_on && row.starts_on !== row.due_on ? `${row.starts_on} – ` : "", row.due_on ?? ""].join("");

// what a person has given counts in the lists at once
const given = (ref) => { const c = stateOf.get(wordsOf(ref)); return c?.verdict === "correct" ? c.set : null; };
const now = (main, kind) => (main === undefined ? kind : given(`d${main}`)?.kind ?? kind);
const unitNow = (ref, unit) => { const set = given(ref); return [(set?.names ?? [folded(unit.text)]).join("、"), set?.role && set.role !== unit.role ? `（${say(set.role)}）` : ""]; };

const COLUMNS = {
  tasks: [["label", "tasks.label"], ["text", "tasks.text"], ["who", "units"], ["when", "deadlines"]],
  deadlines: [["words", "deadlines.text"], ["sort", "deadlines.kind"], ["date", "deadlines.due_on"], ["of", "of_task"]],
  units: [["name", "units.name"], ["sort", "units.kind"], ["n", "lead"], ["n", "responsible"], ["n", "supporting"], ["n", "tasks"]],
  citations: [["title", "citations.title"], ["words", "citations.doc_number"], ["sort", "citations.relation"], ["of", "place"]],
  targets: [["words", "targets.text"], ["title", "targets.subject"], ["date", "targets.value"], ["of", "place"]],
  measures: [["label", "of_task"], ["sort", "measures.action"], ["title", "measures.object"], ["sort", "measures.obligation"]],
  findings: [["sort", "findings.severity"], ["title", "findings.message"], ["of", "place"]],
};

function columnName(name) {
  const [table, column] = name.split(".");
  return column ? label(table, column) : say(name);
}

const ROW = {
  tasks: (task, ref) => {
    const own = (unitsOfTask.get(task.task_id) ?? []).map((index) => [index, T.task_units[index]]);
    const main = governing(task), stated = statedDeadlines(task);
    const rest = (deadlinesOfTask.get(task.task_id) ?? []).filter((index) => !stated.includes(index));
    return [
      cell("label", task.label ?? ""),
      cell("text", task.text),
      cell("who", ["lead", "responsible", "supporting", "guiding"].map((role) => {
        const named = own.filter(([, unit]) => unit.role === role);
        return named.length ? el("div", { class: `role ${role}` }, el("span", { class: "tag" }, say(role)), el("div", {}, named.map(([index, unit]) => value(`u${index}`, unitNow(`u${index}`, unit))))) : null;
      })),
      cell("when", task.deadline_kind
        ? el("div", {}, main === undefined ? el("span", {}, task.deadline_text ?? "") : value(`d${main}`, task.deadline_text ?? T.deadlines[main].text), badge(now(main, task.deadline_kind)), el("span", { class: "date" }, dates(main === undefined || !given(`d${main}`) ? task : { ...task, ...given(`d${main}`) })))
        : null,
      rest.length ? el("div", { class: "rest" }, rest.slice(0, 4).map((index) => value(`d${index}`, [T.deadlines[index].text, T.deadlines[index].due_on ? el("span", { class: "date" }, ` ${T.deadlines[index].due_on}`) : null]))) : null),
    ];
  },
  deadlines: (row, ref) => [
    cell("words", value(ref, row.text || "—")), cell("sort", badge({ ...row, ...given(ref) }.kind)),
    cell("date", dates({ ...row, ...given(ref) }) || row.recurrence || row.duration || row.anchor || ""), cell("of", ownerName(row)),
  ],
  citations: (row, ref) => [cell("title", value(ref, row.title || row.text)), cell("words", row.doc_number ?? ""), cell("sort", term("relations", row.relation ?? "")), cell("of", ownerName(row))],
  targets: (row, ref) => [cell("words", value(ref, row.text)), cell("title", row.subject ?? ""), cell("date", targetValue(row)), cell("of", ownerName(row))],
  measures: (row, ref) => [cell("label", taskLabel(row)), cell("sort", value(ref, row.action || "—")), cell("title", row.object || row.text), cell("sort", row.obligation ? term("obligations", row.obligation) : "")],
  findings: (row, ref) => [cell("sort", el("span", { class: `grade ${row.severity}` }, term("severities", row.severity))), cell("title", value(ref, row.message), row.suggestion ? el("div", { class: "todo" }, row.suggestion) : null), cell("of", row.place ?? "", el("div", { class: "code" }, row.code))],
};

const targetValue = (row) => [term("comparators", row.comparator ?? ""), row.value ?? "", row.value_high ? `–${row.value_high}` : "", row.measure ?? ""].join(" ").trim();
const taskLabel = (row) => { const index = taskAt.get(row.task_id); return index === undefined ? "" : T.tasks[index].label || String(index + 1); };
function ownerName(row) {
  const task = taskAt.get(row.task_id), section = sectionAt.get(row.section_id);
  if (task !== undefined) return `${say("of_task")} ${T.tasks[task].label || task + 1}`;
  if (section !== undefined) return T.sections[section].path.split("/").at(-1);
  return "";
}

/** Whether a row of a table meets the filters. */
function meets(table, row) {
  const task = table === "tasks" ? row : T.tasks[taskAt.get(row.task_id)];
  if (filters.unit && !(task && (unitsOfTask.get(task.task_id) ?? []).some((index) => T.task_units[index].unit_id === filters.unit))) return false;
  if (filters.kind || filters.month) {
    const dated = table === "deadlines" ? [row] : task ? [{ kind: task.deadline_kind, due_on: task.due_on }, ...(deadlinesOfTask.get(task.task_id) ?? []).map((index) => T.deadlines[index])] : [];
    if (!dated.some((one) => (!filters.kind || one.kind === filters.kind) && (!filters.month || monthOf(one) === filters.month))) return false;
  }
  if (filters.finding) {
    if (table === "findings") { if (row.code !== filters.finding) return false; }
    else if (!(task?.block_ids ?? [row.block_id]).some((id) => (findingsInBlock.get(id) ?? []).some((index) => T.findings[index].code === filters.finding))) return false;
  }
  return !filters.search || haystack(table, row).includes(filters.search.toLowerCase());
}

const hay = new WeakMap();
function haystack(table, row) {
  if (!hay.has(row)) hay.set(row, Object.entries(row).filter(([name]) => !name.endsWith("_id") && !name.endsWith("_ids")).map(([name, v]) => `${v ?? ""} ${v ? shown(table, name, v) : ""}`).join("\n").toLowerCase());
  return hay.get(row);
}

/** The units with the number of tasks of each role: [unit, counts, tasks], the busiest first; of the tasks that meet the filters. */
function unitLoads() {
  const loads = new Map();
  for (const row of T.task_units) {
    const task = T.tasks[taskAt.get(row.task_id)];
    if (!task || !unitOf.has(row.unit_id) || !meets("tasks", task)) continue;
    if (!loads.has(row.unit_id)) loads.set(row.unit_id, { counts: new Map(), tasks: new Set() });
    const load = loads.get(row.unit_id);
    load.counts.set(row.role, (load.counts.get(row.role) ?? 0) + 1);
    load.tasks.add(row.task_id);
  }
  return [...loads].map(([id, load]) => [unitOf.get(id), load.counts, load.tasks.size]).sort((a, b) => b[2] - a[2] || (a[0].unit_id < b[0].unit_id ? -1 : 1));
}

/** Draw the chosen table. */
function drawTable() {
  const parent = document.getElementById("rows");
  rowList?.stop();
  rowList = null;
  rowsShown = [];
  parent.removeAttribute("role");
  document.getElementById("inspector").classList.toggle("away", tab === "charts");
  if (tab === "charts") return fill(parent, charts());
  if (tab === "corrections") return fill(parent, correctionList());
  const rows = tab === "units" ? unitRows() : tableRows();
  if (!rows.length) { count(0); return fill(parent, el("p", { class: "empty" }, T[tab].length ? say("nothing") : say("none_read"))); }
  const head = el("div", { class: `row head ${tab}`, role: "row" }, COLUMNS[tab].map(([name, title]) => el("div", { class: `cell ${name}`, role: "columnheader" }, columnName(title))));
  const body = el("div", { class: "body", role: "rowgroup" });
  parent.setAttribute("role", "table");
  parent.setAttribute("aria-label", say(tab));
  fill(parent, el("div", { role: "rowgroup", class: "headgroup" }, head), body);
  const pieces = [];
  const high = { tasks: 96, findings: 62 }[tab] ?? 38;
  for (let at = 0; at < rows.length; at += CHUNK) {
    const held = rows.slice(at, at + CHUNK);
    pieces.push([held.length * high, () => held.map(([ref, make]) => el("div", { class: `row ${tab} ${ref && verdictClass(ref)}`, role: "row", tabindex: -1, "data-r": ref || null, id: ref ? `r-${ref}` : null }, make()))]);
  }
  rowList = lazily(body, pieces);
  body.querySelector(".row")?.setAttribute("tabindex", "0");
}

function tableRows() {
  const all = T[tab];
  const rows = [];
  all.forEach((row, index) => { if (meets(tab, row)) rows.push([refOf(tab, index), () => ROW[tab](row, refOf(tab, index))]); });
  if (tab === "findings") { const order = { error: 0, warning: 1, info: 2 }; rows.sort((a, b) => order[item(a[0]).row.severity] - order[item(b[0]).row.severity]); }
  rowsShown = rows.map(([ref]) => ref);
  count(rows.length, all.length);
  return rows;
}

function unitRows() {
  const loads = unitLoads();
  count(loads.length, T.units.length);
  return loads.map(([unit, counts, tasks]) => ["", () => [
    cell("name", el("button", { class: "v unit", type: "button", "aria-pressed": String(filters.unit === unit.unit_id), onclick: () => setFilter("unit", filters.unit === unit.unit_id ? "" : unit.unit_id) }, unit.name), unit.short_names?.length ? el("span", { class: "also" }, unit.short_names.join("、")) : null),
    cell("sort", unit.kind ? term("unit_kinds", unit.kind) : ""), ...["lead", "responsible", "supporting"].map((role) => cell("n", counts.get(role) ?? "")), cell("n", tasks),
  ]]);
}

function count(n, of) {
  fill(document.getElementById("count"), of === undefined ? "" : say("shown", { n, of }));
}

/** The timeline of deadlines and the load of the units. */
function charts() {
  const counts = new Map(), undated = new Map();
  T.deadlines.forEach((row) => {
    if (!meets("deadlines", row)) return;
    const month = monthOf(row), into = month ? counts : undated;
    if (!month) { undated.set(row.kind, (undated.get(row.kind) ?? 0) + 1); return; }
    if (!into.has(month)) into.set(month, new Map());
    const sort = row.kind === "window" ? "window" : "due";
    into.get(month).set(sort, (into.get(month).get(sort) ?? 0) + 1);
  });
  const loads = unitLoads();
  const drawn = charts.all ? loads : loads.slice(0, 30);
  count(0);
  return [
    el("h3", {}, say("timeline")),
    monthChart(counts, ["due", "window"], [term("kinds", "due"), term("kinds", "window")], filters.month, (month) => setFilter("month", month)),
    undated.size ? el("p", { class: "undated" }, `${say("undated")}：`, [...undated].sort((a, b) => b[1] - a[1]).map(([kind, n]) => el("button", { class: "pill", type: "button", "aria-pressed": String(filters.kind === kind), onclick: () => setFilter("kind", filters.kind === kind ? "" : kind) }, `${term("kinds", kind)} ${n}`))) : null,
    el("h3", {}, say("loads")),
    nameChart(drawn.map(([unit, n]) => [unit.unit_id, shortName(unit.name), n]), ["lead", "responsible", "supporting", "guiding"], ["lead", "responsible", "supporting", "guiding"].map((role) => say(role)), filters.unit, (id) => setFilter("unit", id), say("loads")),
    drawn.length < loads.length ? el("button", { class: "button", type: "button", onclick: () => { charts.all = true; drawTable(); } }, say("more", { n: loads.length - drawn.length })) : null,
  ];
}
