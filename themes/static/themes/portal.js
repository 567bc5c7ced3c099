// Only comforts: every page works without this file.
"use strict";

const actions = {
  print: () => window.print(),
  share: (button) => navigator.share({ title: button.dataset.title, url: location.href }).catch(() => {}),
  copy: async (button) => {
    await navigator.clipboard.writeText(button.dataset.url);
    button.querySelector("[role=status]").textContent = button.dataset.done;
  },
};
const supported = { print: true, share: "share" in navigator, copy: "clipboard" in navigator };

for (const button of document.querySelectorAll("[data-do]")) {
  if (!supported[button.dataset.do]) continue;
  button.parentElement.hidden = false;
  button.addEventListener("click", () => actions[button.dataset.do](button));
}

// The player of another provider is loaded when the reader asks for it, not before.
for (const link of document.querySelectorAll("a[data-player]")) {
  link.addEventListener("click", (event) => {
    if (!link.dataset.player || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = link.dataset.player;
    frame.title = link.dataset.title;
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(frame);
    frame.focus();
  });
}
