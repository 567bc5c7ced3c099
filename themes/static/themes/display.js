// Before the first paint: what the reader chose in “Display” on this device.
"use strict";
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const chosen = JSON.parse(localStorage.getItem("hien-thi") ?? "{}");
    for (const name of ["co", "mau", "gian"]) {
      if (/^-?[a-z\d]{1,4}$/.test(chosen[name] ?? "")) root.dataset[name] = chosen[name];
    }
  } catch { /* storage is closed or holds something else: the usual display */ }
})();
