// What scripts add to the portal: keys, focus on errors, toasts that close, one press per form, live previews. Everything works without.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  const summary = $("[data-focus]");
  if (summary) summary.focus();

  // Toasts close in place instead of by reloading.
  for (const link of $$("[data-dismiss]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      link.closest(".toast-line").remove();
    });
  }

  // A form is sent once; the server's request key would refuse the second anyway.
  for (const form of $$("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 8000);
    });
  }

  // Keys: "/" search, "j" "k" along a list, "e" or Enter opens, "?" the sheet.
  const writing = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);
  const rows = () => $$("main .table-work tbody th a.item, main .results h3 a");
  const step = (by) => {
    const links = rows();
    const at = links.indexOf(document.activeElement);
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    if (next) next.focus();
  };
  const sheet = () => {
    const template = $("template[data-keys]");
    if (!template || $("dialog[open]")) return;
    document.body.append(template.content.cloneNode(true));
    const dialog = document.body.lastElementChild;
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  };
  const keys = {
    "/": () => $("#q, input[type=search]")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    e: () => rows().includes(document.activeElement) && document.activeElement.click(),
    "?": sheet,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // Live previews: a form names the place to fill and the address that fills it; the button it replaces is hidden.
  for (const form of $$("form[data-preview]")) {
    const place = $(form.dataset.preview);
    const button = $("[data-preview-button]", form);
    if (!place) continue;
    if (button) button.hidden = true;
    let timer;
    let turn = 0;
    const refresh = async () => {
      const mine = ++turn;
      const fields = new FormData(form);
      for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
      try {
        const answer = await fetch(form.dataset.previewUrl, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch" } });
        if (answer.ok && mine === turn) place.innerHTML = await answer.text();
      } catch {
        if (button) button.hidden = false; // the network is gone: the plain button stays as the way
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, 400);
    });
  }

  // Uploads show how far they are; a refusal puts the answered page's main part in place.
  const finish = (sent, form) => {
    if (sent.status < 400 && sent.responseURL !== form.action) return location.assign(sent.responseURL);
    const page = new DOMParser().parseFromString(sent.responseText, "text/html");
    $("main").replaceWith(page.querySelector("main"));
    return $("[data-focus]")?.focus();
  };
  for (const form of $$("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || !$("input[type=file]", form)?.files[0]) return;
      event.preventDefault();
      const line = $("[data-progress]", form);
      const words = line?.dataset.progress ?? "";
      const sent = new XMLHttpRequest();
      sent.open("POST", form.action);
      sent.upload.onprogress = (at) => {
        if (line && at.lengthComputable) line.textContent = words.replace("%", `${Math.round((at.loaded / at.total) * 100)}%`);
      };
      sent.onload = () => finish(sent, form);
      sent.onerror = () => form.submit();
      sent.send(new FormData(form));
    });
  }

  // The list under a field follows what is typed; the plain way is the button beside it.
  for (const list of $$("datalist[data-suggest]")) {
    const field = $(`[list="${list.id}"]`);
    let timer;
    field?.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const answer = await fetch(`${list.dataset.suggest}?q=${encodeURIComponent(field.value)}`).catch(() => null);
        if (!answer?.ok) return;
        const found = await answer.json();
        list.replaceChildren(...found.items.map((unit) => new Option(unit.name, unit.code)));
      }, 250);
    });
  }

  for (const button of $$("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
