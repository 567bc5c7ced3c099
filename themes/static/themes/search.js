// Suggestions under search fields (WAI-ARIA 1.2 combobox), and a count of opened results.
// Every search works without this file.
"use strict";

for (const form of document.querySelectorAll("form.search-form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const id = `${input.id}-list`;
  let list, status, timer, asked, at = -1, typed = "";

  const options = () => [...list.children];
  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    at = -1;
    if (!list) return;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    at = to;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = list.children[at];
    input.value = option ? option.dataset.text : typed;
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const setUp = () => {
    list = document.createElement("ul");
    Object.assign(list, { id, className: "suggestions", role: "listbox", hidden: true });
    list.setAttribute("aria-label", form.dataset.label);
    status = document.createElement("div");
    Object.assign(status, { className: "hidden", role: "status" });
    const style = document.createElement("link");
    Object.assign(style, { rel: "stylesheet", href: form.dataset.style });
    document.head.append(style);
    form.append(list, status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-controls", id], ["aria-expanded", "false"]]) input.setAttribute(name, value);
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (!option) return;
      input.value = option.dataset.text;
      form.requestSubmit();
    });
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ text, kind, detail }, i) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `${id}-${i}`, role: "option", textContent: text });
      option.setAttribute("aria-selected", "false");
      option.dataset.text = text;
      const more = detail || form.dataset[kind];
      if (more) option.append(Object.assign(document.createElement("span"), { textContent: more }));
      return option;
    }));
    at = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!!found.length));
    status.textContent = found.length ? form.dataset.hint.replace("0", found.length) : "";
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, {
        signal: asked.signal, headers: { "Accept-Language": document.documentElement.lang },
      });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
    } catch { /* Silent: the field works as it is. */ }
  };

  input.addEventListener("focus", () => list || setUp());
  input.addEventListener("input", (event) => {
    list || setUp();
    if (event.isComposing) return;
    typed = input.value;
    clearTimeout(timer);
    if (typed.trim().length < 2) close();
    else timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    const count = list?.children.length;
    if (!count || event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); mark(-1); close(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) { list.hidden = false; input.setAttribute("aria-expanded", "true"); }
    mark(((at + 1 + (event.key === "ArrowDown" ? 1 : -1) + count + 1) % (count + 1)) - 1);
  });
  input.addEventListener("blur", close);
}

const results = document.querySelector(".results[data-query]");
results?.addEventListener("click", ({ target }) => {
  if (!target.closest(".result a, .answer a") || results.dataset.counted) return;
  results.dataset.counted = "1";
  navigator.sendBeacon("/api/v1/search/click", new URLSearchParams({ q: results.dataset.query }));
});
