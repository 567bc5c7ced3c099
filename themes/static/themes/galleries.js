// Pictures open large in this page; without this file their links open the picture itself.
"use strict";

for (const list of document.querySelectorAll("[data-lightbox]")) {
  const links = [...list.querySelectorAll("figure > a")];
  if (!links.length || typeof HTMLDialogElement === "undefined") continue;
  const dialog = document.createElement("dialog");
  dialog.className = "large";
  const image = document.createElement("img");
  const bar = document.createElement("div");
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  bar.append(words);
  dialog.append(image, bar);
  document.body.append(dialog);
  let place = 0;

  const show = (next) => {
    place = (next + links.length) % links.length;
    const small = links[place].querySelector("img");
    const caption = links[place].parentElement.querySelector("figcaption");
    image.src = links[place].href;
    image.alt = small ? small.alt : "";
    words.textContent = `${place + 1}/${links.length}${caption ? ` · ${caption.textContent.trim()}` : ""}`;
  };
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    bar.append(made);
    return made;
  };
  if (links.length > 1) {
    button("←", () => show(place - 1)).setAttribute("aria-label", list.dataset.before);
    button("→", () => show(place + 1)).setAttribute("aria-label", list.dataset.after);
  }
  button(list.dataset.close, () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(place - 1);
    if (event.key === "ArrowRight") show(place + 1);
  });
  dialog.addEventListener("close", () => links[place].focus());
  links.forEach((link, index) => link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(index);
    dialog.showModal();
  }));
}
