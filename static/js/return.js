// While somebody types a figure, the server says what it comes to: the same rules that judge it when it is submitted.
// Without this file, saving the draft shows the same.

const form = document.querySelector("form[data-judged-at]");
const waiting = new Map();
let typed = false;

async function judge(code) {
  const sent = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith(`${code}-`) || name === "csrfmiddlewaretoken") {
      sent.append(name, value);
    }
  }
  const answer = await fetch(form.dataset.judgedAt, { method: "POST", body: sent, redirect: "error" });
  if (!answer.ok) {
    return;
  }
  const block = form.querySelector(`[data-judged="${code}"]`);
  // Nobody loses the field that they are typing an explanation into.
  if (block && !block.contains(document.activeElement)) {
    block.innerHTML = (await answer.json())[code] ?? "";
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    typed = true;
    const sheet = event.target.closest(".sheet");
    if (!sheet || event.target.closest("[data-judged]")) {
      return;
    }
    clearTimeout(waiting.get(sheet.id));
    waiting.set(sheet.id, setTimeout(() => judge(sheet.id).catch(() => {}), 400));
  });
  form.addEventListener("submit", () => {
    typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) {
      event.preventDefault();
    }
  });
}
