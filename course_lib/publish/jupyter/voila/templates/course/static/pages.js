// Cutting a slide that is too long for the screen into several, between paragraphs, points of a
// list or rows of a table, and only there.

const WHOLE = ".course-form, .course-claim, p, pre, .jupyter-widgets, svg, img";
const rowsOf = (node) => [...node.querySelectorAll(":scope > tbody > tr")];

// An explorer has a screen to itself.
const alone = (part) => part.querySelector(".course-explorer") !== null;

// What may be separated inside a node; none if it must stay together.
function inside(node) {
  if (node.matches(WHOLE) || node.querySelector(":scope > .course-form")) return [];
  if (node.matches("table")) return rowsOf(node);
  return [...node.children].filter((child) => child.offsetHeight > 0 && getComputedStyle(child).display !== "inline");
}

function cut(node, height, groups) {
  if (alone(node)) return [node]; // with its code, when that is shown
  const children = inside(node);
  const mustCut = node.matches(".cs-cell, .jp-Cell, .jp-Cell-inputWrapper, .jp-Cell-outputWrapper, .jp-InputArea, .jp-OutputArea, .jp-RenderedMarkdown");
  if (children.length === 0 || (!mustCut && node.offsetHeight <= 0.75 * height)) return [node];
  if (node.matches("ol")) {
    // A hidden point is not counted, so each gets its own number.
    [...node.children].forEach((point, i) => { point.value = (node.start || 1) + i; });
  }
  const parts = children.flatMap((child) => cut(child, height, groups));
  groups.push({ node, parts });
  return parts;
}

const heading = (part) => part.matches("h1, h2, h3, h4");

const TOGETHER = 0.82; // a slide may shrink so far to stay on one screen
const APART = 1; // and is set in this size if it cannot

/** Parts of a slide's cells, in order, and how they spread over screens. */
export function split(cells, height, steps) {
  const groups = [];
  const shown = cells.filter((cell) => cell.offsetHeight > 0);
  const parts = new Map(shown.map((cell) => [cell, cut(cell, height, groups)]));
  const all = [...parts.values()].flat();
  const upTo = (end) => cells.slice(0, end).flatMap((cell) => parts.get(cell) ?? []);

  // Each screen: the parts it shows, and the whole that it will have shown after the last step.
  function pages(fits) {
    if (all.length < 2 || (!all.some(alone) && fits(all, TOGETHER))) {
      const stages = steps.map(upTo).filter((step, i, every) => i === 0 || step.length > every[i - 1].length);
      return stages.map((step) => ({ parts: step, whole: all }));
    }
    const found = [];
    let current = [];
    for (const part of all) {
      if (current.length > 0 && (alone(part) || current.some(alone) || !fits([...current, part], APART))) {
        const carried = []; // a heading never stands last
        while (current.length > 1 && heading(current.at(-1))) carried.unshift(current.pop());
        found.push(current);
        current = carried;
      }
      current.push(part);
    }
    return [...found, current].map((screen) => ({ parts: screen, whole: screen }));
  }

  return { cells, groups, all, pages };
}
