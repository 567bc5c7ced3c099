// Only comforts: every page works without this file.
"use strict";

const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const stored = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
const store = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* private window */ } };

// ---------------------------------------------------------------- display: size, colours, spacing

const SIZES = ["-1", "0", "1", "2", "3"];

const setDisplay = (name, value) => {
  if (value === "" || value === "0") delete root.dataset[name];
  else root.dataset[name] = value;
  store("hien-thi", Object.fromEntries(["co", "mau", "gian"].filter((n) => root.dataset[n]).map((n) => [n, root.dataset[n]])));
};

const showDisplay = () => {
  for (const button of all("[data-set][data-value]")) {
    button.setAttribute("aria-pressed", String((root.dataset[button.dataset.set] ?? "") === button.dataset.value));
  }
};

for (const button of all("[data-set]")) {
  button.addEventListener("click", () => {
    const { set, value, step } = button.dataset;
    const now = SIZES.indexOf(root.dataset.co ?? "0");
    const next = step === "0" ? "0" : SIZES[Math.min(Math.max(now + Number(step), 0), SIZES.length - 1)];
    setDisplay(set, step === undefined ? value : next);
    showDisplay();
    const status = document.querySelector("[data-display-status]");
    if (status) status.textContent = status.dataset.done;
  });
}
showDisplay();

const panel = document.querySelector("[data-display]");
panel?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  panel.open = false;
  panel.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (panel?.open && !panel.contains(event.target)) panel.open = false;
});

// ------------------------------------------------------------------------------------- read aloud

const speech = window.speechSynthesis;
const WHAT = "h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, blockquote";

const readable = () => {
  const main = document.querySelector("main article") ?? document.querySelector("main");
  return all(WHAT, main).filter((part) => !part.querySelector(WHAT) && part.offsetParent && !part.closest("[aria-hidden=true], nav, form"));
};

const read = () => {
  speech.cancel();
  for (const part of readable()) {
    const text = part.innerText.trim();
    if (!text) continue;
    const said = new SpeechSynthesisUtterance(text);
    said.lang = (part.closest("[lang]") ?? root).lang;
    said.voice = speech.getVoices().find((voice) => voice.lang.startsWith(said.lang)) ?? null;
    said.onstart = () => { part.dataset.reading = ""; };
    said.onend = said.onerror = () => { delete part.dataset.reading; };
    speech.speak(said);
  }
};

const offerReading = () => {
  const voices = speech.getVoices();
  const missing = document.querySelector("[data-voice-missing]");
  if (missing) missing.hidden = root.lang !== "vi" || !voices.length || voices.some((voice) => voice.lang.startsWith("vi"));
};
if (speech) {
  for (const part of all("[data-read]")) part.hidden = false;
  offerReading();
  speech.addEventListener?.("voiceschanged", offerReading);
  addEventListener("pagehide", () => speech.cancel());
}

// -------------------------------------------------------------------------- buttons of the article

const actions = {
  print: () => window.print(),
  read: () => read(),
  silence: () => speech.cancel(),
  share: (button) => navigator.share({ title: button.dataset.title, url: location.href }).catch(() => {}),
  copy: async (button) => {
    await navigator.clipboard.writeText(button.dataset.url);
    button.querySelector("[role=status]").textContent = button.dataset.done;
  },
};
const supported = { print: true, read: speech, silence: speech, share: "share" in navigator, copy: "clipboard" in navigator };

for (const button of all("[data-do]")) {
  if (!supported[button.dataset.do]) continue;
  if (button.parentElement.hidden) button.parentElement.hidden = false;
  button.addEventListener("click", () => actions[button.dataset.do](button));
}

addEventListener("beforeprint", () => {
  const date = document.querySelector("[data-printed-on]");
  if (date) date.textContent = ` · ${date.dataset.label} ${new Date().toLocaleDateString(root.lang === "vi" ? "vi-VN" : "en-GB")}`;
});

// The player of another provider is loaded when the reader asks for it, not before.
for (const link of all("a[data-player]")) {
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

// ---------------------------------------------------------------- my commune, and finding a commune

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

const mine = stored("don-vi-cua-toi");
if (mine && /^https?:\/\//.test(mine.url ?? "")) {
  for (const line of all("[data-my-unit-line]")) line.hidden = false;
  for (const link of all("[data-my-unit]")) {
    link.href = mine.url;
    link.hidden = false;
    link.querySelector("span").textContent = mine.name;
  }
}

const chooser = document.querySelector("[data-units]");
if (chooser) {
  const field = document.querySelector("[data-units-field]");
  const links = all("a[data-unit]", chooser).map((link) => ({ link, text: fold(link.dataset.unit), row: link.closest("li") }));
  const status = document.querySelector("[data-units-status]");
  const find = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { row, text } of links) {
      row.hidden = !words.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    for (const group of all("details", chooser)) {
      group.hidden = words.length > 0 && !all("a[data-unit]", group).some((link) => !link.closest("li").hidden);
      if (words.length) group.open = true;
    }
    status.textContent = words.length ? status.dataset.label.replace("0", found) : "";
  };
  field.addEventListener("input", find);
  field.form.addEventListener("submit", (event) => {
    const first = field.value.trim() && links.find(({ row }) => !row.hidden);
    if (!first) return;
    event.preventDefault();
    first.link.click();
  });
  for (const { link } of links) {
    link.addEventListener("click", () => store("don-vi-cua-toi", { name: link.firstChild.textContent.trim(), url: link.href }));
  }
  if (field.value) find();
}
