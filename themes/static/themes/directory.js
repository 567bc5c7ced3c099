// Filters the directory while somebody types; without this file the button does it.
"use strict";

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

for (const field of document.querySelectorAll("input[data-filter]")) {
  const rows = [...document.querySelectorAll(field.dataset.filter)].map((row) => {
    const text = fold(row.textContent);
    return { row, text: `${text} ${text.replace(/(\d)[\s.]+(?=\d)/g, "$1")}` };
  });
  const count = document.querySelector(field.dataset.count);
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll(".dir-group")) {
      group.hidden = !group.querySelector(`${field.dataset.filter}:not([hidden])`);
    }
    count.textContent = shown;
  });
}
