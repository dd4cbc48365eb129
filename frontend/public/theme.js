/* Runs before the first paint, so that a chosen appearance never flashes. The setting itself is kept by the application. */
(function () {
  try {
    var theme = localStorage.getItem('parley.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    /* Storage may be forbidden; the system's appearance is used then. */
  }
})();
