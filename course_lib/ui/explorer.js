// The page's half of an explorer: labelled native controls, one image, one reading.
// It asks the kernel for pictures and never has more than two requests under way, so a
// slider can be dragged as fast as one likes: only the newest position is drawn next.

const IN_FLIGHT = 2;
const REST_MS = 140; // a slider that has not moved for so long gets a lossless picture
const SILENCE_MS = 5000; // after so long without an answer the student is told
const NARROW_PX = 560;

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else node.setAttribute(name, value);
  }
  // JupyterLab would take arrow keys away from a focused slider to move between headings.
  if (["input", "select", "button"].includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  node.append(...children);
  return node;
}

// ---- sliders, choices and switches: {root, get, put} ------------------------------------

function shown(spec, value) {
  return value.toFixed(spec.digits).replace("-", "\u2212");
}

// A log slider has 100 equal ratios; its input counts them, its value is in the real unit.
function scaleOf(spec) {
  if (spec.stops) return stopsOf(spec.stops);
  if (spec.scale !== "log") {
    return { min: spec.min, max: spec.max, step: spec.step, toValue: (p) => p, toPosition: (v) => v };
  }
  const ratio = spec.max / spec.min;
  const onGrid = (v) => Math.round(v / spec.step) * spec.step;
  const clip = (v) => Math.min(spec.max, Math.max(spec.min, v));
  return {
    min: 0,
    max: 100,
    step: 1,
    toValue: (p) => clip(Number(onGrid(spec.min * ratio ** (p / 100)).toPrecision(12))),
    toPosition: (v) => (100 * Math.log(v / spec.min)) / Math.log(ratio),
  };
}

// A page without Python has pictures at certain stops only; its input counts these.
function stopsOf(stops) {
  const off = (at, v) => Math.abs(stops[at] - v);
  const toPosition = (v) => [...stops.keys()].reduce((a, b) => (off(b, v) < off(a, v) ? b : a));
  return { min: 0, max: stops.length - 1, step: 1, toValue: (p) => stops[p], toPosition };
}

function slider(spec, id, moved) {
  const scale = scaleOf(spec);
  let value = spec.min;
  const output = element("output", { for: id, class: "ce-value" });
  const input = element("input", {
    type: "range", id, name: spec.name, min: scale.min, max: scale.max, step: scale.step,
  });
  const tell = () => {
    output.textContent = shown(spec, value); // the label beside it holds the unit
    input.setAttribute("aria-valuetext", `${shown(spec, value)} ${spec.unit}`.trim());
  };
  input.addEventListener("input", () => {
    value = scale.toValue(Number(input.value));
    tell();
    moved();
  });
  const label = element("label", { for: id, text: spec.label });
  return {
    root: element("div", { class: "ce-control" }, element("div", { class: "ce-label" }, label, output), input),
    get: () => value,
    put: (v) => {
      value = v;
      input.value = String(scale.toPosition(v));
      tell();
    },
  };
}

function choice(spec, id, moved) {
  const input = element("select", { id, name: spec.name });
  for (const option of spec.options) input.append(element("option", { text: option.words }));
  input.addEventListener("change", moved);
  const label = element("label", { for: id, text: spec.label });
  return {
    root: element("div", { class: "ce-control" }, element("div", { class: "ce-label" }, label), input),
    get: () => spec.options[input.selectedIndex].value,
    put: (v) => {
      input.selectedIndex = spec.options.findIndex((option) => option.value === v);
    },
  };
}

function toggle(spec, id, moved) {
  const input = element("input", { type: "checkbox", role: "switch", id, name: spec.name });
  input.addEventListener("change", moved);
  const label = element("label", { for: id, text: spec.label });
  return {
    root: element("div", { class: "ce-control ce-switch" }, input, label),
    get: () => input.checked,
    put: (v) => {
      input.checked = v;
    },
  };
}

// The picture itself as its address, which the page can show at once. For a blob's address Chromium
// asks another process, which took ten of the fifty milliseconds from a key press to the picture.
function addressOf(frame, type) {
  const bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
  return `data:${type};base64,${base64(bytes)}`;
}

function base64(bytes) {
  if (bytes.toBase64) return bytes.toBase64(); // browsers since 2025
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}

const MAKERS = { slider, choice, switch: toggle };

// ---- the explorer -------------------------------------------------------------------------

function render({ model, el }) {
  const spec = model.get("spec");
  const me = `ce-${Math.random().toString(36).slice(2)}`;
  const controls = new Map();

  const image = element("img", { class: "ce-picture", decoding: "sync", fetchpriority: "high", alt: "" });
  const problem = element("p", { class: "ce-problem", role: "alert", hidden: "" });
  const status = element("div", { class: "ce-status", role: "status" });
  const reading = element("dl", { class: "ce-reading" });
  const panel = element("div", { class: "ce-controls" });
  const buttons = element("div", { class: "ce-buttons" });
  const present = element("button", { type: "button", "aria-pressed": "false", text: "Present" });
  const reset = element("button", { type: "button", text: "Reset" });
  const heading = element("div", { class: "ce-title", id: `${me}-title`, text: spec.title });
  const root = element(
    "section",
    { class: "course-explorer", "aria-labelledby": `${me}-title` },
    element("div", { class: "ce-head" }, heading, present),
    image, problem, panel, buttons, reading, status,
  );

  let seq = 0;
  let pictures = 0;
  let asked = false; // for the look of this page
  let wanted = null; // "moving" or "rest": the newest state has yet to be asked for
  let waiting = []; // sequence numbers under way
  let narrow = false;
  let density = window.devicePixelRatio || 1;
  let restTimer, silenceTimer, statusTimer;

  const values = () => Object.fromEntries([...controls].map(([name, control]) => [name, control.get()]));
  const put = (some) => Object.entries(some).forEach(([name, value]) => controls.get(name)?.put(value));

  function pump() {
    if (wanted === null || waiting.length >= IN_FLIGHT) return;
    const moving = wanted === "moving";
    if (!moving && waiting.length > 0) return; // the lossless picture comes last, once
    wanted = null;
    seq += 1;
    waiting.push(seq);
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(silence, SILENCE_MS);
    model.send({
      kind: "request", seq, sender: me, moving, narrow, values: values(),
      present: present.getAttribute("aria-pressed") === "true",
      density,
    });
  }

  function silence() {
    waiting = [];
    complain("Python has not answered yet. If it is busy, wait; if it was restarted, run this cell again.");
  }

  function complain(words) {
    problem.hidden = !words;
    if (problem.textContent !== (words || "")) problem.textContent = words || "";
  }

  function ask() {
    wanted = "rest";
    pump();
  }

  function moved() {
    wanted = "moving";
    clearTimeout(restTimer);
    restTimer = setTimeout(ask, REST_MS);
    pump();
  }

  function show() {
    const state = model.get("state");
    const frame = model.get("frame");
    if (!state || !state.width) return;
    const mine = state.sender === me;
    if (mine) waiting = waiting.filter((number) => number > state.seq);
    if (waiting.length === 0) clearTimeout(silenceTimer);
    image.width = state.width;
    image.height = state.height;
    image.alt = state.alt;
    image.dataset.quality = state.moving ? "moving" : "rest";
    // A page without Python gives the address of a picture instead of its bytes.
    image.src = typeof frame === "string" ? frame : addressOf(frame, state.moving ? "image/jpeg" : "image/png");
    pictures += 1;
    image.dataset.shown = pictures; // a picture may be the same as the one before
    if (waiting.length === 0 && wanted === null) {
      put(state.values);
      present.setAttribute("aria-pressed", String(state.present));
    }
    root.classList.toggle("ce-present", state.present);
    reading.replaceChildren(
      ...state.reading.map(([label, value]) =>
        element("div", {}, element("dt", { text: label }), element("dd", { text: value })),
      ),
    );
    complain(state.error);
    clearTimeout(statusTimer);
    statusTimer = setTimeout(() => {
      if (status.textContent !== state.alt) status.textContent = state.alt;
    }, 500);
    pump();
  }

  for (const one of spec.controls) {
    const control = MAKERS[one.kind](one, `${me}-${one.name}`, moved);
    controls.set(one.name, control);
    panel.append(control.root);
  }
  for (const preset of spec.presets) {
    const button = element("button", { type: "button", text: preset.words });
    button.addEventListener("click", () => {
      put(preset.values);
      ask();
    });
    buttons.append(button);
  }
  reset.addEventListener("click", () => {
    put(spec.defaults);
    ask();
  });
  buttons.append(reset);
  present.addEventListener("click", () => {
    present.setAttribute("aria-pressed", String(present.getAttribute("aria-pressed") !== "true"));
    ask();
  });

  // A picture shown much larger than drawn, as on a projector, is drawn with as many more pixels.
  function densityShown() {
    const { width, height } = model.get("state");
    const scale = Math.min(image.clientWidth / width, image.clientHeight / height) || 1;
    return (window.devicePixelRatio || 1) * (scale > 1.2 ? Math.ceil(4 * scale) / 4 : 1);
  }

  const size = new ResizeObserver(() => {
    if (root.clientWidth === 0) return; // not shown yet
    const inRoom = asked || !document.documentElement.matches("[data-course-look=present]");
    const now = { narrow: root.clientWidth < NARROW_PX };
    // How large a picture of the other width will be shown is known when it is here.
    now.density = now.narrow === narrow ? densityShown() : window.devicePixelRatio || 1;
    if (inRoom && now.narrow === narrow && now.density === density) return;
    if (!inRoom) present.setAttribute("aria-pressed", "true");
    ({ narrow, density } = now);
    asked = true;
    ask();
  });

  put(spec.defaults);
  el.append(root);
  show();
  model.on("change:state", show);
  size.observe(root);
  if (density > 1) ask();

  return () => {
    model.off("change:state", show);
    size.disconnect();
    [restTimer, silenceTimer, statusTimer].forEach(clearTimeout);
  };
}

export default { render };
