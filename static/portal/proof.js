// The proof badge: recomputes leaf, root and signature in the reader's browser and compares what is shown with what is signed.
// Nothing is believed of the server: it sends "unchecked", and only a check that went through changes that.
(() => {
  "use strict";
  const badge = document.getElementById("proof");
  if (!badge) return;
  const KEPT = "integrity.head";
  const words = badge.dataset;

  class Bad extends Error {}
  class Unchecked extends Error {}

  const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (data) => [...data].map((each) => each.toString(16).padStart(2, "0")).join("");
  const same = (one, other) => one.length === other.length && one.every((each, at) => each === other[at]);
  const demand = (is, what) => {
    if (!is) throw new Bad(what);
  };
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };
  const hash = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
  const leafOf = (commitment) => hash(Uint8Array.of(0), commitment);
  const nodeOf = (left, right) => hash(Uint8Array.of(1), left, right);
  const half = (number) => Math.floor(number / 2);
  const isOdd = (number) => number % 2 === 1;

  // RFC 9162, 2.1.3.2
  const rootOf = async (leaf, index, size, path) => {
    demand(index < size, "index");
    let [place, last, found] = [index, size - 1, leaf];
    for (const step of path) {
      demand(last > 0, "path too long");
      if (isOdd(place) || place === last) {
        found = await nodeOf(step, found);
        while (place > 0 && !isOdd(place)) [place, last] = [half(place), half(last)];
      } else {
        found = await nodeOf(found, step);
      }
      [place, last] = [half(place), half(last)];
    }
    demand(last === 0, "path too short");
    return found;
  };

  // RFC 9162, 2.1.4.2
  const demandGrowth = async (old, now, path) => {
    if (old.size === now.size) {
      demand(same(old.root, now.root) && path.length === 0, "two heads of one size");
      return;
    }
    const steps = Number.isInteger(Math.log2(old.size)) ? [old.root, ...path] : [...path];
    demand(steps.length > 0, "no path");
    let [place, last] = [old.size - 1, now.size - 1];
    while (isOdd(place)) [place, last] = [half(place), half(last)];
    let [before, after] = [steps[0], steps[0]];
    for (const step of steps.slice(1)) {
      demand(last > 0, "path too long");
      if (isOdd(place) || place === last) {
        before = await nodeOf(step, before);
        after = await nodeOf(step, after);
        while (place > 0 && !isOdd(place)) [place, last] = [half(place), half(last)];
      } else {
        after = await nodeOf(after, step);
      }
      [place, last] = [half(place), half(last)];
    }
    demand(last === 0 && same(before, old.root) && same(after, now.root), "the log was rewritten");
  };

  // C2SP checkpoint: text, an empty line, signature lines.
  const readHead = (text) => {
    const cut = text.indexOf("\n\n");
    demand(cut > 0, "head");
    const [origin, size, root] = text.slice(0, cut).split("\n");
    demand(/^[1-9][0-9]*$/.test(size), "head size");
    const signatures = text.slice(cut + 2).split("\n").filter((line) => line.startsWith("— ")).map((line) => line.split(" "));
    return { origin, size: Number(size), root: bytes(root), signed: utf8(text.slice(0, cut + 1)), signatures };
  };

  const importKey = async (raw) => {
    try {
      return await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      throw new Unchecked(words.whyCrypto);
    }
  };

  const demandSigned = async (head, raw) => {
    const key = await importKey(raw);
    const id = (await hash(utf8(head.origin), Uint8Array.of(10, 1), raw)).slice(0, 4);
    for (const [, name, told] of head.signatures) {
      const signature = bytes(told);
      if (name !== head.origin || signature.length !== 68 || !same(signature.slice(0, 4), id)) continue;
      if (await crypto.subtle.verify({ name: "Ed25519" }, key, signature.slice(4), head.signed)) return;
    }
    throw new Bad("signature");
  };

  const fetched = async (address) => {
    let answer;
    try {
      answer = await fetch(address, { cache: "no-store", credentials: "omit" });
    } catch {
      throw new Unchecked(words.whyNetwork);
    }
    if (!answer.ok) throw new Unchecked(words.whyNetwork);
    return answer;
  };

  // What the page shows must be, word for word, what the bytes say.
  const demandShown = (content) => {
    const sheet = document.querySelector("[data-document]");
    demand(content.id === sheet.dataset.document && String(content.version) === sheet.dataset.version, "document");
    for (const node of document.querySelectorAll("[data-field]")) {
      const told = node.dataset.field.split(".").reduce((value, name) => (value == null ? value : value[name]), content);
      const shown = node.dataset.value ?? node.textContent;
      demand(String(told ?? "").trim() === shown.trim(), node.dataset.field);
    }
    const places = document.querySelectorAll("[data-field^='fields.paragraphs.']").length;
    demand(places === (content.fields.paragraphs ?? []).length, "paragraphs");
    const points = document.querySelectorAll("[data-field^='fields.points.']").length;
    demand(points === (content.fields.points ?? []).length, "points");
  };

  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT));
    } catch {
      return null;
    }
  };
  const remember = (head, key) => {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ origin: head.origin, size: head.size, root: btoa(String.fromCharCode(...head.root)), key }));
    } catch {
      return; // a browser that keeps nothing still has this check
    }
  };

  // The head seen last time must be the beginning of this one, signed by the same key.
  const compareWithLast = async (head, proof) => {
    const last = remembered();
    if (!last || last.origin !== head.origin) {
      remember(head, proof.public_key);
      return words.first;
    }
    demand(last.key === proof.public_key, "the signing key changed");
    const old = { size: last.size, root: bytes(last.root) };
    if (old.size > head.size) {
      // A page from another tab may be newer than this one: then this head must be the beginning of that.
      const told = await (await fetched(`${words.consistency}?old=${head.size}&new=${old.size}`)).json();
      await demandGrowth(head, old, told.path.map(bytes));
      return words.grown;
    }
    if (old.size < head.size) {
      const told = await (await fetched(`${words.consistency}?old=${old.size}&new=${head.size}`)).json();
      await demandGrowth(old, head, told.path.map(bytes));
    } else {
      await demandGrowth(old, head, []);
    }
    remember(head, proof.public_key);
    return words.grown;
  };

  const check = async () => {
    if (!globalThis.crypto?.subtle) throw new Unchecked(words.whyInsecure);
    const proof = await (await fetched(words.proof)).json();
    const shown = new Uint8Array(await (await fetched(words.body)).arrayBuffer());
    const body = bytes(proof.body);
    demand(same(body, shown), "bytes");
    demandShown(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
    const head = readHead(proof.head);
    demand(head.size === proof.tree_size && head.origin === proof.origin, "head");
    const leaf = await leafOf(await hash(bytes(proof.salt), body));
    const root = await rootOf(leaf, proof.leaf_index, proof.tree_size, proof.path.map(bytes));
    demand(same(root, head.root), "root");
    await demandSigned(head, bytes(proof.public_key));
    const since = await compareWithLast(head, proof);
    badge.querySelector("[data-digest]").textContent = hex(await hash(body));
    badge.querySelector("[data-size]").textContent = `${proof.leaf_index + 1} / ${proof.tree_size}`;
    return since;
  };

  const say = (state, title, text) => {
    badge.classList.remove("proof-ok", "proof-bad");
    if (state) badge.classList.add(`proof-${state}`);
    if (title) badge.querySelector("b").textContent = title;
    badge.querySelector("p").textContent = text;
  };

  check().then(
    (since) => say("ok", words.ok, `${words.okText}${since}`),
    (failure) => {
      if (failure instanceof Unchecked) say("", "", `${words.uncheckedText}${failure.message}`);
      else say("bad", words.bad, `${words.badText}（${failure.message}）`);
    },
  );
})();
