// The page's half of a form: native labelled inputs, a button and a status region.
// It sends what was entered and shows what the kernel says; it decides nothing itself.
// Text enters the page through textContent alone, so that it can never act as HTML.

const SILENCE_MS = 4000; // after so long without an answer the student is told

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (value !== null) node.setAttribute(name, value);
  }
  // JupyterLab must not take arrow keys or Enter as its own while one of these has focus.
  if (["input", "button"].includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  node.append(...children);
  return node;
}

// ---- the two fields: {root, read, write, disable} ---------------------------------------

// The inputs share a name within their <form>, so several forms on a page do not interfere.
function choiceField(spec) {
  const inputs = spec.options.map(([value]) =>
    element("input", { type: "radio", name: "answer", value }),
  );
  const labels = spec.options.map(([, text], i) =>
    element("label", { class: "cf-option" }, inputs[i], element("span", { text })),
  );
  const root = element(
    "fieldset", {}, element("legend", { class: "cf-prompt", text: spec.prompt }), ...labels,
  );
  return {
    root,
    read: () => inputs.find((input) => input.checked)?.value ?? null,
    write: (value) => inputs.forEach((input) => { input.checked = input.value === value; }),
    disable: (on) => { root.disabled = on; },
  };
}

function numberField(spec) {
  const input = element("input", {
    type: "number", inputmode: "decimal", min: spec.min, max: spec.max, step: spec.step ?? "any",
  });
  const root = element(
    "label", { class: "cf-number" },
    element("span", { class: "cf-prompt", text: spec.prompt }),
    element("span", { class: "cf-hint", text: spec.hint }),
    element("span", { class: "cf-entry" }, input, element("span", { text: spec.unit })),
  );
  return {
    root,
    read: () => (Number.isNaN(input.valueAsNumber) ? null : input.valueAsNumber),
    write: (value) => { input.value = value; },
    disable: (on) => { input.disabled = on; },
  };
}

// ---- the form ---------------------------------------------------------------------------

function render({ model, el }) {
  const spec = model.get("spec");
  const field = spec.kind === "choice" ? choiceField(spec) : numberField(spec);
  const button = element("button", { type: "submit", text: spec.button });
  const status = element("div", { class: "cf-feedback", role: "status", tabindex: "-1" });
  const form = element(
    "form",
    { class: "course-form", novalidate: "" },
    element("p", { class: "cf-title", text: spec.title }), field.root, button, status,
  );
  let silence;

  function say(tone, headline, lines) {
    status.dataset.tone = tone;
    const first = headline ? [element("p", { class: "cf-headline", text: headline })] : [];
    status.replaceChildren(...first, ...lines.map((text) => element("p", { text })));
  }

  function show() {
    clearTimeout(silence);
    const { value, locked, tone, headline, lines } = model.get("shown");
    say(tone, headline, lines);
    // A refused entry stays where the student can mend it.
    if (value !== null && tone !== "problem") field.write(value);
    const hadFocus = form.contains(document.activeElement);
    field.disable(locked);
    button.hidden = locked;
    if (locked && hadFocus) status.focus(); // a disabled input would drop the keyboard's place
  }

  function submit(event) {
    event.preventDefault();
    clearTimeout(silence);
    silence = setTimeout(
      () => say("note", "● Waiting for the kernel", [
        "It may be busy or stopped. If nothing happens, restart it and run this cell again.",
      ]),
      SILENCE_MS,
    );
    model.send({ kind: "submit", value: field.read() });
  }

  form.addEventListener("submit", submit);
  model.on("change:shown", show);
  if (model.get("shown").value !== null) field.write(model.get("shown").value);
  show();
  el.append(form);
  return () => {
    clearTimeout(silence);
    model.off("change:shown", show);
    form.removeEventListener("submit", submit);
  };
}

export default { render };
