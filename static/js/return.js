// While somebody types a figure, the server says what it comes to: the same rules that judge it when it is submitted.
// Without this file, saving the draft shows the same.

const form = document.querySelector("form[data-judged-at]");
const waiting = new Map();
const asked = new Map();
let typed = false;

function sentFor(code) {
  const sent = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith(`${code}-`) || name === "csrfmiddlewaretoken") {
      sent.append(name, value);
    }
  }
  return sent;
}

async function judge(code) {
  const block = form.querySelector(`[data-judged="${code}"]`);
  asked.get(code)?.abort();
  const stop = new AbortController();
  asked.set(code, stop);
  const answer = await fetch(form.dataset.judgedAt, {
    method: "POST", body: sentFor(code), redirect: "manual", signal: stop.signal,
  });
  if (!answer.ok) {
    const words = document.createElement("p");
    words.textContent = "This can’t be judged just now; you may be signed out. What you typed stays here: save it as a draft.";
    block.prepend(words);
    return;
  }
  // Nobody loses the field that they are typing an explanation into.
  if (!block.contains(document.activeElement)) {
    block.innerHTML = (await answer.json())[code] ?? "";
  }
}

function unfold() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)) || "-");
  named?.closest(".sheet")?.querySelectorAll("details.sheet__settled").forEach((one) => (one.open = true));
}

if (form) {
  unfold();
  window.addEventListener("hashchange", unfold);
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
  // Who leaves the page without saving finds a draft when they come back.
  window.addEventListener("pagehide", () => {
    if (typed) {
      const sent = new FormData(form);
      sent.set("act", "save");
      navigator.sendBeacon(form.action, sent);
      typed = false;
    }
  });
}
