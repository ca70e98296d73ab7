// Two drawings: bars over months, and bars of names. Rows come in ready; a bar that is chosen calls back.
const SHADES = { due: "s1", window: "s2", lead: "s1", responsible: "s2", supporting: "s3", guiding: "s4" };

/** Months between two, both included: "2022-01" … */
function monthsBetween(first, last) {
  const out = [];
  let [year, month] = first.split("-").map(Number);
  for (let guard = 0; guard < 1200; guard++) {
    const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    out.push(name);
    if (name >= last) break;
    if (++month > 12) { month = 1; year += 1; }
  }
  return out;
}

/**
 * Deadlines by month. counts: Map month → Map sort → number; chosen: the month that is filtered by; choose(month).
 * Years apart by many empty months are drawn year by year, so that the bars stay readable.
 */
function monthChart(counts, sorts, names, chosen, choose) {
  const known = [...counts.keys()].sort();
  if (!known.length) return el("p", { class: "empty" }, say("no_date"));
  let months = monthsBetween(`${known[0].slice(0, 4)}-01`, `${known[known.length - 1].slice(0, 4)}-12`);
  if (months.length > 36) months = monthsBetween(known[0], known[known.length - 1]);
  if (months.length > 36) months = known;
  const total = (month) => [...(counts.get(month)?.values() ?? [])].reduce((a, b) => a + b, 0);
  const most = Math.max(1, ...months.map(total));
  const step = Math.max(20, Math.min(56, 620 / months.length)), high = 150, left = 34, base = high + 18;
  const width = left + months.length * step + 10;
  const scale = (n) => (n / most) * high;
  const ticks = [...new Set([0, Math.ceil(most / 2), most])];
  const picture = svg("svg", { viewBox: `0 0 ${width} ${base + 42}`, width, height: base + 42, class: "chart", role: "group", "aria-label": say("timeline") },
    ticks.map((n) => [
      svg("line", { x1: left, x2: width - 6, y1: base - scale(n), y2: base - scale(n), class: "rule" }),
      svg("text", { x: left - 6, y: base - scale(n) + 4, class: "tick", "text-anchor": "end" }, n),
    ]),
    months.map((month, index) => {
      let y = base;
      const x = left + index * step + step * 0.14, wide = step * 0.72, sum = total(month);
      const bars = sorts.map((sort) => {
        const n = counts.get(month)?.get(sort) ?? 0;
        y -= scale(n);
        return n ? svg("rect", { x, y, width: wide, height: scale(n), class: SHADES[sort] ?? "s1" }) : null;
      });
      const newYear = index === 0 || months[index - 1].slice(0, 4) !== month.slice(0, 4);
      return svg("g", barProps(sum, month === chosen, `${month}: ${sum}`, () => choose(month === chosen ? "" : month)),
        svg("rect", { x: left + index * step, y: 10, width: step, height: base - 10, class: "hit" }), bars,
        sum ? svg("text", { x: x + wide / 2, y: y - 4, class: "count", "text-anchor": "middle" }, sum) : null,
        svg("text", { x: x + wide / 2, y: base + 15, class: "tick", "text-anchor": "middle" }, Number(month.slice(5))),
        newYear ? svg("text", { x: left + index * step + 2, y: base + 34, class: "year" }, month.slice(0, 4)) : null);
    }));
  return el("div", { class: "scroll-x" }, picture, legend(sorts, names));
}

/** Bars of names. rows: [id, name, Map sort → number]; the longest first. */
function nameChart(rows, sorts, names, chosen, choose, title) {
  if (!rows.length) return el("p", { class: "empty" }, say("none_read"));
  const total = ([, , counts]) => [...counts.values()].reduce((a, b) => a + b, 0);
  const most = Math.max(1, ...rows.map(total));
  const high = 24, left = 210, wide = 380;
  const picture = svg("svg", { viewBox: `0 0 ${left + wide + 50} ${rows.length * high + 6}`, width: left + wide + 50, height: rows.length * high + 6, class: "chart", role: "group", "aria-label": title },
    rows.map((row, index) => {
      const [id, name, counts] = row;
      let x = left;
      const y = index * high + 4, sum = total(row);
      const bars = sorts.map((sort) => {
        const w = ((counts.get(sort) ?? 0) / most) * wide;
        const bar = w ? svg("rect", { x, y: y + 2, width: w, height: high - 9, class: SHADES[sort] ?? "s1" }) : null;
        x += w;
        return bar;
      });
      const short = [...name].length > 15 ? [...name].slice(0, 14).join("") + "…" : name;
      return svg("g", barProps(sum, id === chosen, `${name}: ${sum}`, () => choose(id === chosen ? "" : id)),
        svg("rect", { x: 0, y, width: left + wide + 50, height: high - 3, class: "hit" }),
        svg("title", {}, plain(name)),
        svg("text", { x: left - 8, y: y + 14, class: "name", "text-anchor": "end" }, plain(short)), bars,
        svg("text", { x: x + 6, y: y + 14, class: "count" }, sum));
    }));
  return el("div", { class: "scroll-x" }, picture, legend(sorts, names));
}

function barProps(sum, chosen, words, choose) {
  if (!sum) return { class: "bar none" };
  return {
    class: chosen ? "bar chosen" : "bar", tabindex: 0, role: "button", "aria-pressed": String(chosen), "aria-label": plain(words),
    onclick: choose,
    onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); } },
  };
}

function legend(sorts, names) {
  return el("p", { class: "legend" }, sorts.map((sort, index) => el("span", {}, el("i", { class: `swatch ${SHADES[sort] ?? "s1"}` }), names[index])));
}
