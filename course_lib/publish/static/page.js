// What a kernel does in the live course, done in the page: it answers explorers with pictures
// drawn beforehand, and forms with explanations that the page carries. A page opened from a
// folder may load pictures and classic scripts, and nothing else; so nothing else is loaded.
(() => {
  "use strict";

  // ---- the student's progress, in this browser alone ------------------------------------------
  // The same record as the live course keeps in its file, so that a saved copy fits both.

  const KEY = "magnesium-course-progress";
  const COURSE = "Magnesium and muscle cramps: six claims, tested";
  const CHANGED = "course-progress-changed";
  const empty = () => ({ format: 1, course: COURSE, answers: {}, predictions: {}, votes: {} });
  let memory = empty(); // for a browser that keeps nothing
  let notice = "";

  const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isRecord = (r) =>
    isTable(r) && r.format === 1 && ["answers", "predictions", "votes"].every((part) => isTable(r[part]));

  function progress() {
    let text = null;
    try {
      text = localStorage.getItem(KEY);
    } catch {
      return memory;
    }
    if (text === null) return memory;
    try {
      const record = JSON.parse(text);
      if (isRecord(record)) return record;
    } catch {
      // damaged: set aside below, like a record of a later course
    }
    try {
      localStorage.setItem(`${KEY}-set-aside-${Date.now()}`, text);
      localStorage.removeItem(KEY);
      notice = "What this browser had kept could not be read. It was set aside, and a new record begun.";
    } catch {
      notice = "What this browser has kept cannot be read, and it takes no new answers.";
    }
    return memory;
  }

  function change(act) {
    const record = progress();
    act(record, new Date().toISOString());
    memory = record;
    try {
      localStorage.setItem(KEY, JSON.stringify(record));
    } catch {
      notice = "This browser does not keep answers: they are gone when the page is closed.";
    }
    document.dispatchEvent(new Event(CHANGED));
  }

  function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  // What explorers and forms see of a kernel: get, on, off and send.
  function modelOf(values, answer) {
    const listeners = new Map();
    const model = {
      get: (name) => values[name],
      on: (event, listener) => listeners.set(listener, event),
      off: (event, listener) => listeners.delete(listener),
      send: (message) => answer(message, model),
      put: (more) => {
        Object.assign(values, more);
        listeners.forEach((event, listener) => {
          if (event.startsWith("change:") && event.slice(7) in more) listener();
        });
      },
    };
    return model;
  }

  // ---- questions, predictions, votes ------------------------------------------------------------

  const SYMBOLS = { right: "✓", "not yet": "✗", note: "●", problem: "⚠" };

  function said(value, tone, headline, lines, locked = false) {
    const told = notice ? [...lines, notice] : lines;
    return { value, locked, tone, headline: tone ? `${SYMBOLS[tone]} ${headline}` : "", lines: told };
  }

  const shownNow = {
    question(data) {
      const answer = progress().answers[data.id];
      const option = answer && data.options.find(({ text }) => text === answer.last);
      if (!option) return said(null, "", "", []);
      if (!option.correct) return said(option.text, "not yet", "Not yet", [option.explanation, "You can try again."]);
      const first = answer.first_correct ? [] : [`Your first answer stays in your progress: ${answer.first}`];
      return said(option.text, "right", "Right", [option.explanation, ...first]);
    },
    prediction(data) {
      const locked = progress().predictions[data.id];
      if (!locked) return said(null, "", "", []);
      const words = Object.entries(data.values).find(([, value]) => value === locked.value)?.[0];
      const unit = data.spec.unit ? ` ${data.spec.unit}` : "";
      const headline = `Your prediction: ${words ?? locked.value + unit}, locked`;
      const line = "It stays as it is, so that you can compare it with what comes next.";
      return said(words ?? locked.value, "note", headline, [line], true);
    },
    vote(data) {
      const votes = progress().votes[data.id] ?? {};
      const chosen = votes[data.phase];
      if (!chosen) return said(null, "", "", []);
      const word = (verdict) => data.words[verdict] ?? verdict;
      const headline = `You voted: ${word(chosen)}`;
      if (data.phase === "before") {
        return said(chosen, "note", headline, ["This first vote stays. You vote again after the evidence."], true);
      }
      let moved = `Your vote moved: ${word(votes.before)} before, ${word(chosen)} after.`;
      if (!votes.before) moved = "There is no vote from before the evidence to compare it with.";
      else if (votes.before === chosen) moved = `Your vote did not move: ${word(chosen)} before and after.`;
      return said(chosen, "note", headline, [moved]);
    },
  };

  const keep = {
    question: (data, value) =>
      change((record, now) => {
        const correct = data.options.find(({ text }) => text === value).correct;
        const entry = (record.answers[data.id] ??= { first: value, first_correct: correct, first_at: now, attempts: 0 });
        Object.assign(entry, { last: value, last_at: now, attempts: entry.attempts + 1 });
      }),
    prediction: (data, value) =>
      change((record, now) => (record.predictions[data.id] ??= { value: data.values[value] ?? value, at: now })),
    vote: (data, value) =>
      change((record) => {
        const entry = (record.votes[data.id] ??= {});
        if (data.phase === "after" || !entry.before) entry[data.phase] = value;
      }),
  };

  function refusal(spec, value) {
    if (spec.kind === "choice") return value === null ? "Nothing is chosen yet. Choose one of the options above." : "";
    if (value === null) return `No number is entered yet. Enter ${spec.hint.replace("A", "a")}.`;
    const inside = spec.min <= value && value <= spec.max;
    return inside ? "" : `${value} is out of range. Enter ${spec.hint.replace("A", "a")}.`;
  }

  function mountForm(place, data) {
    const shown = () => shownNow[data.kind](data);
    const model = modelOf({ spec: data.spec, shown: shown() }, ({ value }) => {
      const problem = refusal(data.spec, value);
      if (problem) return model.put({ shown: said(null, "problem", "Please check", [problem]) });
      return keep[data.kind](data, value); // the change is shown below, wherever it was made
    });
    let last = JSON.stringify(shown());
    document.addEventListener(CHANGED, () => {
      const now = JSON.stringify(shown());
      if (now === last && !place.contains(document.activeElement)) return; // another form's change
      last = now;
      model.put({ shown: shown() });
    });
    place.replaceChildren();
    courseRender.form({ model, el: place });
  }

  // ---- explorers ----------------------------------------------------------------------------------

  const loading = new Map(); // name -> promise of its states
  const arrived = new Map();
  window.courseStates = (name, states) => arrived.set(name, states);

  function statesOf(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done, failed) => {
        const script = element("script", { src: `explorers/${name}/states.js` });
        script.onload = () => done(arrived.get(name));
        script.onerror = () => {
          loading.delete(name); // the next move tries again
          failed(new Error(`the states of ${name} could not be loaded`));
        };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  const pictures = new Map(); // address -> picture, kept so that it need not be decoded again
  function picture(url) {
    if (!pictures.has(url)) {
      const image = new Image();
      image.src = url;
      pictures.set(url, image);
    }
    return pictures.get(url);
  }

  // Which state to show: moving one control puts the others back, a preset has a state of its own.
  function stateFor(spec, values, before) {
    const names = Object.keys(spec.defaults);
    const changed = names.filter((name) => values[name] !== before.values[name]);
    if (names.every((name) => values[name] === spec.defaults[name])) return 0;
    if (changed.length === 0) return before.index;
    const preset = spec.presets.findIndex(({ values: wanted }) =>
      changed.every((name) => name in wanted) && Object.keys(wanted).every((name) => values[name] === wanted[name]));
    if (preset >= 0) return spec.presetStates[preset];
    const touched = changed[changed.length - 1];
    const control = spec.controls.find(({ name }) => name === touched);
    const all = control.stops ?? control.options?.map(({ value }) => value) ?? [false, true];
    return spec.sweeps[touched][all.indexOf(values[touched])] ?? 0;
  }

  function mountExplorer(place, data) {
    const { name, spec, prediction } = data;
    const folder = `explorers/${name}`;
    let now = { index: 0, values: { ...spec.defaults }, narrow: false };
    let asked = { ...now };
    let heard = { words: "", index: 0 };
    let newest = 0;

    function guess() {
      const locked = prediction && progress().predictions[prediction.id];
      if (!locked) return [];
      const unit = typeof locked.value === "number" && prediction.unit ? ` ${prediction.unit}` : "";
      return [[prediction.label, `${locked.value}${unit}`]];
    }

    function stateOf(found, message) {
      const [width, height] = spec.sizes[now.narrow ? "n" : "w"];
      return {
        seq: message.seq, sender: message.sender, moving: message.moving, width, height,
        values: now.values, reading: [...found.reading, ...guess()], alt: found.alt,
        error: null, present: message.present,
      };
    }

    async function answer(message) {
      // At rest the page asks again for what it asked for while moving, perhaps before it was told
      // which other control went back to its default.
      const words = JSON.stringify(message.values);
      const again = !message.moving && words === heard.words;
      const index = again ? heard.index : stateFor(spec, message.values, asked);
      heard = { words, index };
      asked = { index, values: message.values, narrow: message.narrow };
      const look = message.narrow ? "n" : "w";
      const [base, top] = [`${folder}/${look}0.webp`, `${folder}/${look}${index}.webp`];
      try {
        const states = index === 0 ? [spec.start] : await statesOf(name);
        await Promise.all([picture(base).decode(), picture(top).decode()]);
        if (message.seq < newest) return;
        newest = message.seq;
        const values = { ...spec.defaults, ...states[index].values };
        now = { index, values, narrow: message.narrow };
        asked = { ...now };
        image.style.backgroundImage = index === 0 ? "none" : `url("${base}")`;
        model.put({ frame: top, state: stateOf(states[index], message) });
      } catch {
        pictures.delete(base);
        pictures.delete(top);
        const error = "This picture could not be loaded. Check that the whole site is there, or press Reset.";
        model.put({ state: { ...model.get("state"), seq: message.seq, sender: message.sender, error } });
      }
    }

    // The first touch of a control fetches its whole sweep, so that a drag never waits.
    function prepare(event) {
      const touched = event.target.name;
      if (!(touched in spec.sweeps)) return;
      statesOf(name).catch(() => {}); // said when a move needs them
      const look = now.narrow ? "n" : "w";
      spec.sweeps[touched].forEach((index) => picture(`${folder}/${look}${index}.webp`));
    }

    const first = { seq: 0, sender: "", moving: false, present: false };
    const model = modelOf({ spec, frame: `${folder}/w0.webp`, state: stateOf(spec.start, first) }, answer);
    const stored = place.querySelector("figure");
    place.addEventListener("focusin", prepare);
    place.addEventListener("pointerover", prepare);
    const shell = element("div");
    courseRender.explorer({ model, el: shell });
    const image = shell.querySelector(".ce-picture");
    stored.replaceWith(shell);
    document.addEventListener(CHANGED, () => {
      if (!prediction) return;
      const reading = model.get("state").reading.filter(([label]) => label !== prediction.label);
      model.put({ state: { ...model.get("state"), reading: [...reading, ...guess()] } });
    });
  }

  // ---- what is done ---------------------------------------------------------------------------------

  function mountProgress(place, data) {
    const words = element("p", { role: "status" });
    const save = element("a", { download: `${KEY}.json` }, "Save a copy");
    const show = () => {
      const record = progress();
      const done = data.questions.filter((id) => id in record.answers);
      const right = done.filter((id) => record.answers[id].first_correct).length;
      const locked = data.predictions.filter((id) => id in record.predictions).length;
      words.textContent =
        `On this page: ${done.length} of ${data.questions.length} questions answered, ${right} right at the ` +
        `first try; ${locked} of ${data.predictions.length} predictions locked. ${notice}`;
      save.href = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(record, null, 2))}`;
    };
    show();
    document.addEventListener(CHANGED, show);
    place.replaceChildren(words, element("p", {}, save, " of all your answers as a file, which the live course reads too."));
  }

  function mountVotes(place, data) {
    const body = element("tbody");
    const word = (verdict) => data.words[verdict] ?? "no vote";
    const cell = (text) => element("td", {}, text);
    const show = () => {
      const votes = progress().votes;
      const rows = data.claims.filter(({ id }) => id in votes).map(({ id, text, verdict }) =>
        element("tr", {}, element("th", { scope: "row" }, `${id} ${text}`),
          cell(word(votes[id].before)), cell(word(votes[id].after)), cell(word(verdict))));
      if (rows.length === 0) rows.push(element("tr", {}, element("td", { colspan: "4" }, "You have not voted yet.")));
      body.replaceChildren(...rows);
    };
    show();
    document.addEventListener(CHANGED, show);
    const head = ["Claim", "First vote", "Last vote", "Evidence"].map((text) => element("th", { scope: "col" }, text));
    place.replaceChildren(element("table", {}, element("caption", {}, "How your votes moved"),
      element("thead", {}, element("tr", {}, ...head)), body));
  }

  const MOUNTS = { explorer: mountExplorer, form: mountForm, progress: mountProgress, votes: mountVotes };
  document.querySelectorAll("[data-course]").forEach((place) => {
    const data = JSON.parse(place.querySelector("script[type='application/json']").textContent);
    MOUNTS[place.dataset.course](place, data);
  });
})();
