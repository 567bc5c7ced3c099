// The browser's colour picker beside each colour, and colours taken over from a refusal.
"use strict";

const tell = (input) => {
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll("input[data-colour]")) {
    const picker = Object.assign(document.createElement("input"), { type: "color", className: "colour-picker" });
    picker.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`)?.textContent.trim() ?? "");
    const follow = () => {
      const shown = input.value || input.placeholder;
      if (/^#[0-9a-f]{6}$/i.test(shown)) picker.value = shown;
    };
    follow();
    input.addEventListener("input", follow);
    picker.addEventListener("input", () => { input.value = picker.value; tell(input); });
    input.after(picker);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-offer]");
  if (!button) return;
  const field = button.closest(".w-field, [data-contentpath]")?.querySelector("input[data-colour]");
  if (!field) return;
  field.value = button.dataset.offer;
  tell(field);
  field.focus();
});
