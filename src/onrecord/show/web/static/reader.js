// onrecord: what the reader's pages do beyond links and forms. No page needs it to be read.
// Places in the text are code points of the document; the DOM counts UTF-16 units: see `units` and `points`.
"use strict";

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const SVG = "http://www.w3.org/2000/svg";
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/* ---- colours, help, messages ---- */

const THEMES = ["system", "light", "dark"];

function chosenTheme() {
  return document.documentElement.dataset.theme || "system";
}

function nameTheme() {
  const name = { system: "as the system", light: "light", dark: "dark" }[chosenTheme()];
  one("#theme").setAttribute("aria-label", `Colours: ${name}`);
}

function nextTheme() {
  const next = THEMES[(THEMES.indexOf(chosenTheme()) + 1) % THEMES.length];
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try { localStorage.setItem("onrecord-theme", next); } catch { /* the choice then lasts for this page */ }
  nameTheme();
  say(`Colours: ${next}`);
}

let quiet = 0;
function say(message) {
  const line = one("#say");
  line.textContent = message;
  line.className = "toast";
  clearTimeout(quiet);
  quiet = setTimeout(() => { line.className = "unseen"; }, 2600);
}

/* ---- places in the text ---- */

const text = one("#text");
const runs = text ? all("[data-at]", text) : [];
const starts = runs.map((run) => Number(run.dataset.at));

function runAt(point) {
  let low = 0, high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= point) low = middle; else high = middle - 1;
  }
  return low;
}

const letters = (run) => document.createTreeWalker(run, NodeFilter.SHOW_TEXT).nextNode();
const units = (string, points) => Array.from(string).slice(0, points).join("").length;
const points = (string, units) => Array.from(string.slice(0, units)).length;

function place(range, edge, point, run) {
  const node = letters(runs[run]);
  if (!node) return;
  const offset = units(node.data, Math.max(0, point - starts[run]));
  range[edge](node, Math.min(offset, node.length));
}

function rangeOf(start, end) {
  const range = document.createRange();
  place(range, "setStart", start, runAt(start));
  place(range, "setEnd", end, runAt(end - 1));
  return range;
}

function pointOf(node, offset) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!run || !text.contains(run)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? points(node.data, offset) : offset ? Array.from(run.textContent).length : 0;
  return Number(run.dataset.at) + before;
}

const spans = (data) => (data || "").trim().split(/\s+/).filter(Boolean).map((pair) => pair.split("-").map(Number));

/* ---- findings: which one is chosen, which one is looked at ---- */

const cardOf = (number) => one(`.card[data-number="${number}"]`);
const order = () => all(".card").map((card) => card.dataset.number);
let chosen = null;

const includes = (list, number) => (list || "").split(" ").includes(number);

function light(number) {
  for (const run of runs) {
    run.classList.toggle("on", number !== null && includes(run.dataset.said, number));
    run.classList.toggle("on-source", number !== null && includes(run.dataset.source, number));
    run.classList.toggle("on-cue", number !== null && includes(run.dataset.cue, number));
  }
  for (const pin of all(".pin")) pin.classList.toggle("on", pin.dataset.number === number);
  draw(number);
}

function choose(number, { scroll = false, sheet = false, focus = false } = {}) {
  if (number !== chosen) closeEditors();
  chosen = number;
  document.body.classList.toggle("sheet", sheet && number !== null);
  for (const card of all(".card")) card.classList.toggle("on", card.dataset.number === number);
  if (text) light(number);
  if (number === null) return;
  const card = cardOf(number), pin = one(`.pin[data-number="${number}"]`);
  bringCard(card);
  if (pin) {
    history.replaceState(null, "", `#${pin.id}`);
    if (scroll) pin.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    if (focus) pin.focus({ preventScroll: true });
  } else if (focus) {
    card.focus({ preventScroll: true });
    if (scroll) card.scrollIntoView({ block: "nearest" });
  }
}

function bringCard(card) {
  const side = one(".side");
  if (!side || getComputedStyle(side).position !== "sticky") return;
  const within = side.getBoundingClientRect(), box = card.getBoundingClientRect();
  if (box.top < within.top + 60) side.scrollTop += box.top - within.top - 60;
  else if (box.bottom > within.bottom - 20) side.scrollTop += Math.min(box.bottom - within.bottom + 20, box.top - within.top - 60);
}

function step(by) {
  const numbers = order();
  if (!numbers.length) return;
  const at = numbers.indexOf(chosen);
  const next = at < 0 ? (by > 0 ? 0 : numbers.length - 1) : Math.min(numbers.length - 1, Math.max(0, at + by));
  choose(numbers[next], { scroll: true, focus: true, sheet: Boolean(text) });
}

/* ---- the chain, drawn on the text ---- */

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

// One mention a row, with a box for each line of the text that it stands on: marks cut a line into many pieces.
function boxes(card) {
  const at = text.getBoundingClientRect();
  return spans(card.dataset.chain).map(([start, end]) => {
    const lines = [];
    for (const piece of rangeOf(start, end).getClientRects()) join(piece, lines);
    return lines.map((line) => ({ x: line.left - at.left - 3, y: line.top - at.top, w: line.right - line.left + 6, h: line.height }));
  }).filter((lines) => lines.length);
}

function join(piece, lines) {
  if (!piece.width) return;
  const { left, right, top, height } = piece;
  const line = lines.find((each) => Math.abs(each.top - top) < height / 2);
  if (!line) return lines.push({ left, right, top, height });
  line.left = Math.min(line.left, left);
  line.right = Math.max(line.right, right);
}

function draw(number) {
  one(".drawing", text)?.remove();
  one(".tip", text)?.remove();
  if (number === null) return;
  const links = boxes(cardOf(number));
  const drawing = element("svg", { class: "drawing", "aria-hidden": "true" }, text);
  links.flat().forEach((box) => element("rect", { x: box.x, y: box.y, width: box.w, height: box.h, rx: 4 }, drawing));
  links.slice(1).forEach(([box], index) => connect(links[index][0], box, drawing));
}

function connect(from, to, drawing) {
  const sameLine = Math.abs(from.y - to.y) < from.h / 2;
  const up = to.y < from.y;
  const x1 = from.x + from.w / 2, x2 = to.x + to.w / 2;
  const y1 = sameLine || up ? from.y : from.y + from.h;
  const y2 = sameLine ? to.y : up ? to.y + to.h : to.y;
  const bend = sameLine ? -Math.min(26, 8 + Math.abs(x1 - x2) / 8) : (y2 - y1) / 2;
  const path = `M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${sameLine ? y2 + bend : y2 - bend} ${x2} ${y2}`;
  element("path", { d: path, pathLength: 1 }, drawing);
  const tip = sameLine || !up ? -5 : 5;
  element("path", { class: "arrow", d: `M${x2} ${y2} l-4 ${tip * 1.3} h8 z` }, drawing);
}

function tell(number, run) {
  const card = cardOf(number), at = text.getBoundingClientRect(), box = run.getClientRects()[0];
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true");
  const who = document.createElement("b"), how = document.createElement("span");
  who.textContent = one(".speaker", card).textContent.trim();
  how.textContent = one(".facts .kind", card).textContent.trim();
  tip.append(who, how);
  text.append(tip);
  tip.style.left = `${Math.max(0, Math.min(box.left - at.left, at.width - tip.offsetWidth))}px`;
  tip.style.top = `${box.top - at.top - tip.offsetHeight - 6}px`;
}

/* ---- judging and editing ---- */

function press(key) {
  const card = chosen === null ? null : cardOf(chosen);
  if (!card) return say("Choose a finding first: j or k");
  const button = one(`[data-key~="${key}"]`, card);
  if (button) button.click(); else say("Nothing to undo here");
}

function closeEditors() {
  for (const form of all(".edit:not([hidden])")) closeEditor(form);
}

function closeEditor(form) {
  const button = one("[data-edit]", form.closest(".card")), hadFocus = form.contains(document.activeElement);
  form.hidden = true;
  button.setAttribute("aria-expanded", "false");
  if (hadFocus) button.focus({ preventScroll: true });
}

function toggleEditor(button) {
  const card = button.closest(".card"), form = one(".edit", card);
  if (!form.hidden) return closeEditor(form);
  choose(card.dataset.number, { sheet: document.body.classList.contains("sheet") });
  form.hidden = false;
  button.setAttribute("aria-expanded", "true");
  one("select", form).focus();
  bringCard(card);
}

function takeSelection() {
  const form = one(".edit:not([hidden])"), selection = getSelection();
  if (!form || !text || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const start = pointOf(range.startContainer, range.startOffset), end = pointOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  one("[data-span]", form).value = `${start}-${end}`;
  const now = one("[data-span-now]", form);
  now.textContent = `Words: “${selection.toString().trim()}”`;
  now.classList.add("set");
}

function swapped(event) {
  const card = event.detail.elt?.closest?.(".card") || event.detail.target;
  const fresh = card?.dataset?.number && cardOf(card.dataset.number);
  if (!fresh) return;
  fresh.classList.toggle("on", fresh.dataset.number === chosen);
  say(one(".verdict", fresh)?.textContent.trim().replace(/^\S\s/, "") || "Undone");
  if (document.activeElement === document.body) fresh.focus({ preventScroll: true });
  one("#progress") && window.htmx.trigger("#progress", "judged");
}

/* ---- keys and clicks ---- */

const KEYS = {
  j: () => step(1), k: () => step(-1),
  a: () => press("a"), r: () => press("r"), e: () => press("e"), u: () => press("u"),
  o: () => chosen !== null && one("[data-key~='o']", cardOf(chosen))?.click(),
  "/": () => one("#find").focus(),
  "?": () => one("#help").showModal(),
};

function typed(event) {
  if (event.key === "Escape" && !one("dialog[open]")) {
    if (one(".edit:not([hidden])")) closeEditors(); else if (chosen !== null) choose(null);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || one("dialog[open]")) return;
  if (event.target.closest?.("input, select, textarea")) return;
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
}

function clicked(event) {
  const target = event.target;
  if (target.closest("#theme")) return nextTheme();
  if (target.closest("#help-button")) return one("#help").showModal();
  if (target.closest("#plain")) return togglePlain(target.closest("#plain"));
  if (target.closest("[data-edit]")) return toggleEditor(target.closest("[data-edit]"));
  if (target.closest("[data-cancel]")) return closeEditor(target.closest(".edit"));
  if (target.closest(".sheet-close")) return choose(null);
  const pin = target.closest(".pin, .card .number");
  if (pin && text) {
    event.preventDefault();
    const number = pin.dataset.number || pin.closest(".card").dataset.number;
    return choose(number, { scroll: pin.matches(".number"), sheet: true });
  }
  if (one(".edit:not([hidden])") && text?.contains(target)) return; // words are being selected there
  const run = target.closest(".run[data-said]");
  if (run && getSelection().isCollapsed) return choose(run.dataset.said.split(" ").pop(), { sheet: true });
  const card = target.closest(".card");
  if (card && !target.closest("a, button, form") && card.dataset.number !== chosen) return choose(card.dataset.number, { scroll: innerWidth > 960 });
  if (!card && document.body.classList.contains("sheet") && !target.closest("dialog")) choose(null);
}

function togglePlain(button) {
  const plain = document.body.classList.toggle("plain");
  button.setAttribute("aria-pressed", String(plain));
}

function hovered(event) {
  const run = event.target.closest?.(".run[data-said]");
  const number = run ? run.dataset.said.split(" ").pop() : chosen;
  light(number);
  if (run && number !== chosen) tell(number, run);
}

function chooseAddressed() {
  const pin = document.getElementById(location.hash.slice(1));
  if (pin?.matches(".pin")) choose(pin.dataset.number, { sheet: innerWidth <= 960 });
}

document.addEventListener("keydown", typed);
document.addEventListener("click", clicked);
document.addEventListener("selectionchange", takeSelection);
// After settling: before it, htmx gives an element the classes that the server sent.
document.addEventListener("htmx:afterSettle", swapped);
document.addEventListener("htmx:responseError", (event) => say(`Not saved: ${event.detail.xhr.responseText.slice(0, 200)}`));
document.addEventListener("htmx:sendError", () => say("Not saved: the reader does not answer. Is onrecord still running?"));
window.addEventListener("hashchange", chooseAddressed);
nameTheme();
if (text) {
  let looked = null;
  text.addEventListener("mouseover", (event) => {
    const run = event.target.closest(".run[data-said]");
    if (run !== looked && matchMedia("(hover: hover)").matches) { looked = run; hovered(event); }
  });
  text.addEventListener("mouseleave", () => { looked = null; light(chosen); });
  let beside = null;
  one(".side").addEventListener("mouseover", (event) => {
    const card = event.target.closest(".card");
    if (card !== beside && matchMedia("(hover: hover)").matches) { beside = card; light(card ? card.dataset.number : chosen); }
  });
  one(".side").addEventListener("mouseleave", () => { beside = null; light(chosen); });
  text.addEventListener("focusin", (event) => {
    const pin = event.target.closest(".pin");
    if (pin && pin.matches(":focus-visible") && pin.dataset.number !== chosen) choose(pin.dataset.number, { sheet: true });
  });
  window.addEventListener("resize", () => draw(chosen));
  chooseAddressed();
}
