// Slides from the cells of a notebook. A slide is a run of cells that begins with slide type
// "slide" or "subslide"; a "fragment" waits for the next key. Cells are never moved or scaled by
// transforms, which would blur pictures and break the widgets in them: they are hidden and shown,
// and type shrinks a little, or the slide goes on to a second screen, where it would be cut.

import { split } from "./pages.js";

// Sizes of type to try, as factors: 26 px on a screen of 720 lines, 18 px for explorers.
const SIZES = [1.3, 1.2, 1.1, 1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64];
const BESIDE_A_PICTURE = [[1], [0.94], [0.88], ...[1, 0.94, 0.88, 0.82, 0.79].map((size) => [size, "tall"])];
const SMALLEST_PICTURE = 0.94; // of its size on a page: its smallest text is 15 px there
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

const book = JSON.parse(document.getElementById("cs-notebook").textContent);
const stage = document.getElementById("cs-stage");
const root = document.documentElement;

stage.querySelectorAll(".anchor-link").forEach((link) => link.remove());

// ---- slides ------------------------------------------------------------------------------------

const words = (cell) => cell.querySelector(".jp-RenderedMarkdown")?.textContent.trim() ?? "";

function slidesOf(cells) {
  const slides = [];
  const above = {}; // the headings that a cell stands under
  for (const cell of cells) {
    const kind = cell.dataset.slide;
    if (kind === "skip") continue;
    if (kind === "notes") {
      slides.at(-1)?.notes.push(cell);
      continue;
    }
    if (["slide", "subslide"].includes(kind) || slides.length === 0) {
      slides.push({ id: cell.dataset.id, cells: [], notes: [] });
    }
    for (const { localName, textContent } of cell.querySelectorAll(".jp-RenderedMarkdown :is(h2, h3)")) {
      if (localName === "h2") delete above.h3;
      above[localName] = textContent;
    }
    slides.at(-1).cells.push(cell);
    slides.at(-1).title = [above.h2, above.h3].filter(Boolean).join(" · ") || book.title;
  }
  for (const slide of slides) slide.steps = steps(slide.cells);
  return slides.filter((slide) => slide.cells.some((cell) => cell.textContent.trim()));
}

// Each step shows the cells up to the next fragment.
function steps(cells) {
  const ends = cells.flatMap((cell, i) => (i > 0 && cell.dataset.slide === "fragment" ? [i] : []));
  return [...ends, cells.length];
}

const slides = slidesOf([...stage.querySelectorAll(".cs-cell")]);
let now = 0; // which slide
let page = 0; // which of its screens
let pages = []; // of this slide: lists of what each screen shows
let laidOut = 0; // height of the cells when they were last laid out

// ---- laying out --------------------------------------------------------------------------------

const explorers = () => [...stage.querySelectorAll(".cs-cell:not([hidden]) .course-explorer")];
const cutOff = (node) => node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1;

function pictureTooSmall(explorer) {
  const image = explorer.querySelector("img");
  const [width, height] = ["width", "height"].map((side) => Number(image.getAttribute(side)));
  const pixel = parseFloat(getComputedStyle(root).fontSize) / 16;
  return Math.min(image.clientWidth / width, image.clientHeight / height) < SMALLEST_PICTURE * pixel;
}

// Take the largest type with which nothing is cut; false if there is none.
function fit(smallest = 0) {
  const shown = explorers();
  for (const [size, tall] of shown.length ? BESIDE_A_PICTURE : SIZES.map((size) => [size])) {
    if (size < smallest) return false;
    root.style.setProperty("--cs-fit", String(size));
    shown.forEach((one) => one.classList.toggle("cs-tall", Boolean(tall)));
    if (![stage, ...shown].some(cutOff) && !shown.some(pictureTooSmall)) return true;
  }
  return false;
}

const reveal = (parts, shown) => parts.forEach((part) => part.classList.toggle("cs-off", !shown.has(part)));

// A screen: the parts shown, and whatever encloses them.
function draw(parts) {
  const { cells, groups, all } = slides[now].layout;
  const shown = new Set(parts);
  reveal(all, shown);
  for (const group of groups) group.node.classList.toggle("cs-off", !group.parts.some((p) => shown.has(p)));
  // A cell that is empty so far, its widget being on the way, stays where it can be seen to grow.
  for (const cell of cells) {
    cell.hidden = all.some((part) => cell.contains(part)) && !parts.some((part) => cell.contains(part));
  }
}

function layout() {
  const slide = slides[now];
  stage.querySelectorAll(".cs-off").forEach((node) => node.classList.remove("cs-off"));
  stage.classList.remove("cs-scroll");
  slide.cells.forEach((cell) => { cell.hidden = false; });
  root.style.setProperty("--cs-fit", "1");
  explorers().forEach((one) => { one.querySelector(".ce-reading").style.minHeight = ""; });
  slide.layout = split(slide.cells, stage.clientHeight, slide.steps);
  pages = slide.layout.pages((parts, smallest) => { draw(parts); return fit(smallest); });
}

function show() {
  const { parts, whole } = pages[page];
  draw(whole); // with what is still to come, so that type keeps its size from step to step
  stage.classList.toggle("cs-scroll", !fit() && explorers().length === 0);
  draw(parts);
  stage.scrollTop = 0;
  laidOut = content();
}

const content = () => slides[now].cells.reduce((sum, cell) => sum + cell.offsetHeight, 0);

function go(to, on = 0) {
  slides[now]?.cells.forEach((cell) => { cell.hidden = true; });
  now = Math.min(Math.max(to, 0), slides.length - 1);
  if (stage.contains(document.activeElement)) document.activeElement.blur();
  layout();
  page = on < 0 ? pages.length - 1 : Math.min(on, pages.length - 1);
  show();
  tell();
}

function next() {
  if (page + 1 < pages.length) turn(page + 1);
  else if (now + 1 < slides.length) go(now + 1);
}

function back() {
  if (page > 0) turn(page - 1);
  else if (now > 0) go(now - 1, -1);
}

function turn(to) {
  page = to;
  show();
  tell();
}

// What grows (a formula set in type, the answer to a question) is laid out anew around the reader.
let queued = false;
const growth = new ResizeObserver(() => {
  if (queued || stage.hidden || Math.abs(content() - laidOut) < 2) return;
  queued = true;
  requestAnimationFrame(() => {
    queued = false;
    again();
  });
});
slides.forEach((slide) => slide.cells.forEach((cell) => growth.observe(cell)));

// A reading that has taken two lines keeps them, or the picture would jump while a slider moves.
stage.addEventListener("input", ({ target }) => {
  const reading = target.closest(".course-explorer")?.querySelector(".ce-reading");
  if (reading) reading.style.minHeight = `${reading.offsetHeight}px`;
});

// A state that needs more words than the one the type was fitted to.
stage.addEventListener("load", () => { if (explorers().some(cutOff)) again(); }, { capture: true });

function again() {
  const [first] = pages[page].parts;
  layout();
  const holds = pages.flatMap(({ parts }, i) => (parts.some((part) => part === first || part.contains(first)) ? [i] : []));
  page = holds.findLast((i) => i <= page) ?? holds[0] ?? Math.min(page, pages.length - 1);
  show();
  tell();
}

// ---- the bar below -----------------------------------------------------------------------------

const where = make("span", { id: "cs-where" });
const place = make("span", { id: "cs-place", role: "status" });
const button = (name, sign, act) => {
  const one = make("button", { type: "button", title: name }, sign);
  if (sign.length === 1) one.setAttribute("aria-label", name);
  one.addEventListener("click", () => {
    act();
    one.blur(); // or the next Space would press it again
  });
  return one;
};
const code = button("Show code (C)", "Code", toggleCode);
code.setAttribute("aria-pressed", "false");
const bar = make(
  "nav", { id: "cs-bar", "aria-label": "Slides" }, where, place,
  button("Previous slide (←)", "◀", back), button("Next slide (→)", "▶", next), code,
  button("Dark or light (D)", "Dark", toggleTheme), button("Speaker notes (S)", "Notes", presenter),
  button("Full screen (F)", "Full screen", fullScreen), button("Keys (?)", "Keys", help),
);
const KEYS = [
  ["→ ↓ Space, Page Down", "next slide"],
  ["← ↑, Page Up", "previous slide"],
  ["Home, End", "first, last slide"],
  ["Tab, then arrows", "choose and move a slider"],
  ["Esc", "leave the slider: arrows change slides again"],
  ["C", "show or hide the code"],
  ["S", "speaker notes, clock and timer in a window of their own"],
  ["F", "full screen"],
  ["D", "dark or light"],
  ["?", "these keys"],
];
const rows = KEYS.map(([key, use]) => make("div", {}, make("dt", {}, key), make("dd", {}, use)));
const close = make("button", { type: "button" }, "Close");
const dialog = make(
  "dialog", { id: "cs-help", "aria-labelledby": "cs-help-title" },
  make("h2", { id: "cs-help-title" }, "Keys"), make("dl", {}, ...rows),
  make("p", {}, "Page Up and Page Down, which a clicker sends, change slides even on a slider. Predictions and answers go to the progress file of whoever started this."),
  close,
);
close.addEventListener("click", () => dialog.close());
const term = make("dialog", { id: "cs-term", "aria-label": "Glossary" });
document.body.append(bar, dialog, term);

function help() {
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

function toggleCode() {
  const on = root.classList.toggle("cs-code");
  code.setAttribute("aria-pressed", String(on));
  again();
}

function toggleTheme() {
  const dark = root.dataset.theme !== "dark";
  root.dataset.theme = dark ? "dark" : "light";
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen();
}

// ---- speaker notes, in a window of their own ------------------------------------------------------

const name = `course-slides-${Math.random().toString(36).slice(2)}`;
const channel = new BroadcastChannel(name);
channel.addEventListener("message", ({ data }) => {
  if (data === "hello") tell();
  if (data === "next") next();
  if (data === "back") back();
});

function presenter() {
  window.open(`${book.presenter}#${name}`, name, "width=900,height=700");
}

function comes() {
  if (page + 1 < pages.length) return text(pages[page + 1].parts.filter((part) => !pages[page].parts.includes(part)));
  const after = slides[now + 1];
  if (!after) return "The end";
  // What is hidden has no innerText; a widget is named by its title.
  return after.cells.map((cell) =>
    words(cell) || cell.querySelector(".ce-title, .cf-prompt, caption")?.textContent || "").join("\n").trim() || after.title;
}

const text = (parts) => parts.map((part) => part.innerText ?? "").join("\n").trim();

let told = ""; // the address as we left it; another one has just been asked for and is about to be shown

function tell() {
  const slide = slides[now];
  const many = pages.length > 1 ? `, ${page + 1} of ${pages.length}` : "";
  where.textContent = slide.title === book.title ? book.title : `${book.title} · ${slide.title}`;
  place.textContent = `${now + 1} / ${slides.length}${many}`;
  document.title = `${place.textContent} ${where.textContent}`;
  const hash = page ? `#${slide.id}.${page + 1}` : `#${slide.id}`;
  if (location.hash === told) {
    if (hash !== told) history.replaceState(null, "", hash);
    told = hash;
  }
  channel.postMessage({
    ...book,
    place: place.textContent,
    title: slide.title,
    now: text(pages[page].parts),
    next: comes(),
    notes: slide.notes.map((cell) => cell.querySelector(".jp-RenderedMarkdown")?.innerHTML ?? "").join(""),
  });
}

// ---- keys ----------------------------------------------------------------------------------------

const FIELDS = "input, select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || term.open) return;
  const inField = event.target.matches?.(FIELDS);
  const onButton = event.target.closest?.("button, a, summary");
  const turns = { PageDown: next, PageUp: back };
  const elsewhere = {
    ArrowRight: next, ArrowDown: next, ArrowLeft: back, ArrowUp: back,
    Home: () => go(0), End: () => go(slides.length - 1), c: toggleCode, d: toggleTheme, s: presenter,
    f: fullScreen, "?": help,
  };
  if (!onButton) elsewhere[" "] = next;
  if (event.key === "Escape" && inField) event.target.blur();
  const act = turns[event.key] ?? (inField ? undefined : elsewhere[event.key.length === 1 ? event.key.toLowerCase() : event.key]);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}, { capture: true });

// ---- links -----------------------------------------------------------------------------------------

for (const link of stage.querySelectorAll(".jp-RenderedMarkdown a[href]")) {
  link.target = "_blank";
  link.rel = "noopener";
  const meaning = book.glossary[link.getAttribute("href").split("glossary.ipynb#")[1]];
  if (!meaning) continue;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const shut = make("button", { type: "button" }, "Close");
    shut.addEventListener("click", () => term.close());
    term.innerHTML = meaning;
    term.append(shut);
    term.showModal();
  });
}

// ---- start -----------------------------------------------------------------------------------------

function fromHash() {
  told = location.hash;
  const [id, screen] = location.hash.slice(1).split(".");
  const wanted = (cell) => cell.dataset.id === id;
  const at = slides.findIndex((slide) => slide.cells.some(wanted));
  go(Math.max(at, 0), screen ? Number(screen) - 1 : 0);
  const cell = slides[now].cells.findIndex(wanted);
  if (cell > 0) turn(Math.max(pages.findIndex(({ parts }) => parts.some((part) => slides[now].cells[cell].contains(part))), 0));
}

function start() {
  document.getElementById("cs-loading")?.remove();
  stage.hidden = false;
  fromHash();
  root.dataset.ready = "";
}

root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
window.addEventListener("hashchange", fromHash);
window.addEventListener("resize", again);
if (slides.length === 0) {
  document.getElementById("cs-loading").textContent = "No cell of this notebook is marked as a slide.";
} else start();
