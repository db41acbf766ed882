// Opens JupyterLab's table of contents when a student comes for the first time.
// JupyterLab has a setting for where a side panel stands, but none for which one is open: a new
// workspace always begins with the file browser. Later the student's own choice is kept. Written
// as what JupyterLab's loader asks for, so that nothing needs to be built.

// In a function, for what a classic script declares outside becomes the page's: `open` would be
// window.open.
(() => {
  async function showContents(app) {
    const layout = await app.shell.restored;
    await app.restored; // by now the file browser has opened, as it does in a new workspace
    const atNotebook = /\/lab\/tree\/.*\.ipynb$/.test(decodeURIComponent(window.location.pathname));
    if (layout?.fresh && atNotebook) await app.commands.execute("toc:show-panel"); // slides have no layout
  }

  const plugin = {
    id: "magnesium-course-contents:plugin",
    autoStart: true,
    activate: (app) => void showContents(app), // not awaited: JupyterLab waits for every plugin to be active
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["magnesium-course-contents"] = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
