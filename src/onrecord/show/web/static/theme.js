// Sets the chosen colours before anything is painted. Kept apart from reader.js, which waits for the page.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("onrecord-theme"); } catch { /* storage may be off: follow the system */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("js");
})();
