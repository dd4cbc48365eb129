/* Runs before the first paint, so that a chosen appearance never flashes. The setting itself is kept by the application. */
(function () {
  try {
    var theme = localStorage.getItem('parley.theme');
    var density = localStorage.getItem('parley.density');
    var chosen = document.documentElement.dataset;
    if (theme === 'light' || theme === 'dark' || theme === 'contrast') chosen.theme = theme;
    if (density === 'comfortable' || density === 'compact') chosen.density = density;
  } catch {
    /* Storage may be forbidden; the system's appearance is used then. */
  }
})();
