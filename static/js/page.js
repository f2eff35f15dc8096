// Small comforts for people with JavaScript. Every page works the same without this file.

const summary = document.querySelector(".govuk-error-summary");
if (summary) {
  summary.focus();
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
}
