// Moves the bar while the worker reads a file, and shows what came of it. Without this file the page asks again by itself.

const shown = document.querySelector("[data-upload-progress]");
let pause = 1000;

async function look() {
  const answer = await fetch(window.location.href, { redirect: "error" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-upload-progress]");
  if (!answer.ok || !now) {
    window.location.reload();
    return;
  }
  const words = now.querySelector("p").textContent;
  // Listeners hear of it only where something moved.
  if (shown.querySelector("p").textContent !== words) {
    shown.querySelector("p").textContent = words;
    shown.querySelector("progress").replaceWith(document.importNode(now.querySelector("progress"), true));
  } else {
    pause = Math.min(pause * 1.5, 10000);
  }
  setTimeout(again, pause);
}

function again() {
  look().catch(() => setTimeout(again, 10000));
}

if (shown) {
  setTimeout(again, pause);
}
