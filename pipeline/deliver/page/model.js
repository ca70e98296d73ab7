// The plan as objects: rows of every table, where their words stand, what governs what.
const LETTER = { sections: "s", tasks: "t", measures: "m", task_units: "u", deadlines: "d", citations: "c", targets: "q", findings: "f" };
const TABLE_OF = Object.fromEntries(Object.entries(LETTER).map(([table, letter]) => [letter, table]));

const T = Object.fromEntries(Object.entries(DATA.tables).map(([name, { columns, rows }]) => [
  name, rows.map((values) => {
    const row = {};
    for (let index = 0; index < columns.length; index++) row[columns[index]] = values[index];
    return row;
  }),
]));
const blocks = T.blocks;
const blockAt = new Map(blocks.map((block, index) => [block.block_id, index]));
const unitOf = new Map(T.units.map((unit) => [unit.unit_id, unit]));
const taskAt = new Map(T.tasks.map((task, index) => [task.task_id, index]));
const sectionAt = new Map(T.sections.map((section, index) => [section.section_id, index]));

// offsets of the tables count code points, those of a script count halves of some of them
const pairs = blocks.map((block) => /[\ud800-\udbff][\udc00-\udfff]/.test(block.text));
function unitsBefore(block, points) {
  if (!pairs[block]) return points;
  let at = 0;
  for (let n = 0; n < points; n++) at += blocks[block].text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}
function pointsBefore(block, at) {
  return pairs[block] ? [...blocks[block].text.slice(0, at)].length : at;
}

/** A row by its short name: "d12" is the thirteenth deadline. */
function item(ref) {
  const table = TABLE_OF[ref[0]], index = Number(ref.slice(1));
  return { ref, table, index, row: T[table][index], rule: DATA.rule_of[table]?.[index] ?? null };
}
const refOf = (table, index) => LETTER[table] + index;

// block → what stands in it: [start, end, ref], the longest first
const covers = blocks.map(() => []);
for (const table of ["measures", "citations", "targets", "deadlines", "task_units", "findings"]) {
  T[table].forEach((row, index) => {
    const block = blockAt.get(row.block_id);
    if (block === undefined || row.char_start === null || row.char_start >= row.char_end) return;
    covers[block].push([unitsBefore(block, row.char_start), unitsBefore(block, row.char_end), refOf(table, index)]);
  });
}
// a merged cell's words belong to many tasks: they are told once
const wordsOf = (ref) => { const { row } = item(ref); return row.block_id && ref[0] !== "f" && ref[0] !== "s" ? `${ref[0]}${row.block_id}:${row.char_start}` : ref; };

/** Where the words of a row stand: [block, start, end] each; all cells of a task. */
function placesOf(ref) {
  const { table, row } = item(ref);
  if (table === "tasks") return row.block_ids.map((id) => blockAt.get(id)).filter((b) => b !== undefined).map((b) => [b, 0, blocks[b].text.length]);
  const block = blockAt.get(row.block_id);
  if (block === undefined) return [];
  if (row.char_start === undefined || row.char_start === null) return [[block, 0, blocks[block].text.length]];
  return [[block, unitsBefore(block, row.char_start), unitsBefore(block, row.char_end)]];
}

// the words of a span stand in its block once
for (const rows of Object.values(T)) {
  for (const row of rows) {
    if (row.text !== null || row.char_start === null || row.char_start === undefined) continue;
    const block = blockAt.get(row.block_id);
    row.text = block === undefined ? "" : blocks[block].text.slice(unitsBefore(block, row.char_start), unitsBefore(block, row.char_end));
  }
}

const group = (rows, key) => rows.reduce((map, row, index) => {
  const name = row[key];
  if (name !== null && name !== undefined) { if (!map.has(name)) map.set(name, []); map.get(name).push(index); }
  return map;
}, new Map());
const unitsOfTask = group(T.task_units, "task_id");
const deadlinesOfTask = group(T.deadlines, "task_id");
const deadlinesInBlock = group(T.deadlines, "block_id");
const findingsInBlock = group(T.findings, "block_id");
const tasksInBlock = new Map();
T.tasks.forEach((task, index) => task.block_ids.forEach((id) => { if (!tasksInBlock.has(id)) tasksInBlock.set(id, []); tasksInBlock.get(id).push(index); }));

/** The deadline rows that the task's own deadline words state, in their order; the first with its values governs. */
function statedDeadlines(task) {
  if (!task.deadline_text) return [];
  return task.block_ids.flatMap((id) => deadlinesInBlock.get(id) ?? [])
    .filter((index) => task.deadline_text.includes(T.deadlines[index].text));
}
function governing(task) {
  return statedDeadlines(task).find((index) => {
    const row = T.deadlines[index];
    return row.kind === task.deadline_kind && row.due_on === task.due_on;
  });
}

/** A unit's name without the place that all names of the plan begin with. */
function shortName(name) {
  const place = DATA.document.region_name;
  return place && name.startsWith(place) && name.length > place.length + 1 ? name.slice(place.length) : name;
}

/** Months that a row with dates touches at its end; a window counts where it ends. */
const monthOf = (row) => (row.due_on ?? "").slice(0, 7);

/** Where a block stands, for a reader. */
function placeName(block) {
  const { page, table_index, row_index, col_index, seq } = blocks[block];
  const where = table_index === null
    ? (language === "zh" ? `第${seq + 1}块` : `block ${seq + 1}`)
    : (language === "zh" ? `表${table_index + 1}第${row_index + 1}行第${col_index + 1}列` : `table ${table_index + 1}, row ${row_index + 1}, column ${col_index + 1}`);
  return page ? `${say("page", { n: page })} ${where}` : where;
}

/** The header cell above a cell of a table; null outside tables. */
const headerCells = new Map();
blocks.forEach((block, index) => {
  if (block.role === "table_header" && block.table_index !== null) {
    for (let col = block.col_index; col < block.col_index + (block.col_span ?? 1); col++) headerCells.set(`${block.table_index}:${col}`, index);
  }
});
function headerOf(block) {
  const { table_index, col_index, role } = blocks[block];
  return table_index === null || role === "table_header" ? undefined : headerCells.get(`${table_index}:${col_index}`);
}

/** A value as a reader sees it. */
function shown(table, column, value) {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) return column === "extra" ? value.map(([k, v]) => `${k}：${v}`).join("；") : value.join("、");
  if (typeof value === "boolean") return language === "zh" ? (value ? "是" : "否") : value ? "yes" : "no";
  const sorts = { kind: table === "deadlines" ? "kinds" : "", deadline_kind: "kinds", severity: "severities", relation: "relations", obligation: "obligations", comparator: "comparators", split_by: "splits", precision: "precisions", year_from: "sources", origin: "origins", level: table === "sections" ? "" : "levels" };
  if (column === "role") return table === "task_units" ? say(value) : term("roles", value);
  return sorts[column] ? term(sorts[column], value) : String(value);
}
