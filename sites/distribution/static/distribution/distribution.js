/* The unit tree of the push screen: search without accents, a running count, and the hidden field
   that carries the chosen tokens. Without this script the checkboxes themselves are sent. */
(() => {
  const form = document.querySelector("[data-push-form]");
  if (!form) return;
  const units = form.querySelector("[data-push-units]");
  const field = form.querySelector('input[name="units"]');
  const count = form.querySelector("[data-push-count]");
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  const showTree = () => {
    const chosen = form.querySelector('input[name="scope"]:checked');
    units.hidden = !chosen || chosen.value !== "some";
  };
  const collect = () => {
    const tokens = [...form.querySelectorAll('input[name="token"]:checked')].map((box) => box.value);
    field.value = tokens.join(" ");
    count.textContent = tokens.length ? `${tokens.length} ${count.dataset.one}` : "";
  };
  const search = (words) => {
    const wanted = fold(words.trim());
    form.querySelectorAll(".push-tree ul > li, .push-tree > li").forEach((item) => {
      const hit = !wanted || [item, ...item.querySelectorAll("[data-name]")].some((one) =>
        fold(one.dataset.name).includes(wanted));
      item.hidden = !hit;
    });
    if (wanted) {
      form.querySelectorAll(".push-tree details").forEach((branch) => { branch.open = true; });
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "scope") showTree();
    if (event.target.name === "token") collect();
  });
  form.querySelector("[data-push-search]").addEventListener("input", (event) => search(event.target.value));
  form.querySelector("[data-push-search]").addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  form.querySelectorAll(".push-tree details").forEach((branch) => {
    branch.open = branch.querySelector("input:checked") !== null;
  });
  showTree();
  collect();
})();
