// Keeps a room's page as the room is: hears what has changed, fetches those panels again and puts the
// differences in place, so that focus, scroll and half-written words stay. Without it every form still
// works by itself.
"use strict";

(() => {
  const body = document.body;
  const base = body.dataset.base;
  const byId = (id) => document.getElementById(id);
  const title = document.title;

  // Words of the program in the page's language, with values in them. The page brings those of this script.
  const words = body.dataset.words ? JSON.parse(body.dataset.words) : {};
  const t = (english, values = {}) =>
    (words[english] ?? english).replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

  // What is said to those who listen: the last sentence wins.
  const say = (text) => {
    byId("say").textContent = text;
  };

  // --- Putting a fetched panel in place of the one on the page -------------------------------------

  const key = (node) => (node.nodeType === 1 ? node.dataset.key : undefined);
  const isMine = (name) => name === "open" || name.startsWith("data-my-");

  function sameAttributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
      if (!isMine(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (!isMine(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
  }

  // `old` becomes like `fresh`. Controls keep what people put into them: only their defaults change.
  function become(old, fresh, added) {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    if (old.hasAttribute("data-mine") || old.isEqualNode(fresh)) return;
    sameAttributes(old, fresh);
    let at = old.firstChild;
    const drop = () => {
      const next = at.nextSibling;
      at.remove();
      at = next;
    };
    for (const child of [...fresh.childNodes]) {
      const match = counterpart(old, at, child);
      if (!match) {
        old.insertBefore(child, at);
        if (child.nodeType === 1) added.push(child);
        continue;
      }
      if (key(child) === undefined) while (at !== match) drop();
      if (match === at) at = at.nextSibling;
      else old.insertBefore(match, at);
      become(match, child, added);
    }
    while (at) drop();
  }

  // The node that `child` is the new state of: the one with its key, or else the next of its sort.
  function counterpart(parent, at, child) {
    const isAlike = (node) => node.nodeName === child.nodeName && key(node) === key(child);
    if (key(child) !== undefined) return [...parent.children].find(isAlike);
    while (at && key(at) === undefined && !isAlike(at)) at = at.nextSibling;
    return at && isAlike(at) ? at : undefined;
  }

  // --- What has changed ----------------------------------------------------------------------------

  const waiting = new Set();
  let isFetching = false;

  const panels = () => [...document.querySelectorAll("[data-panel]")].map((e) => e.dataset.panel);

  async function refresh(names) {
    for (const name of names) if (byId(name)?.dataset.panel) waiting.add(name);
    // A card repeats what has come in.
    if (waiting.has("inbox") && byId("cards")) waiting.add("cards");
    if (isFetching) return;
    isFetching = true;
    while (waiting.size > 0) {
      const batch = [...waiting];
      waiting.clear();
      // A browser asks for few things at once, and what is to be decided is waited for most.
      const groups = [batch.filter((name) => name === "cards"), batch.filter((name) => name !== "cards")];
      const added = [];
      for (const group of groups) added.push(...(await Promise.all(group.map(fetchPanel))).flat());
      announce(added);
    }
    isFetching = false;
    tally();
  }

  async function fetchPanel(name) {
    let answer;
    try {
      answer = await fetch(`${base}/panel/${name}`, { headers: { "x-hotwash": "1" } });
    } catch {} // The stream notices that the connection is lost, and asks again when it is back.
    if (!answer?.ok) return [];
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fresh = holder.content.firstElementChild;
    const old = byId(name);
    const added = [];
    if (fresh && old) become(old, fresh, added);
    return added;
  }

  function announce(added) {
    for (const node of added) node.dataset.myFresh = "";
    const told = added.flatMap((e) => [e, ...e.querySelectorAll("[data-say]")].map((x) => x.dataset.say)).filter(Boolean);
    const rest = told.length - 3;
    if (told.length > 0) say(told.slice(0, 3).join(" ") + (rest > 0 ? ` And ${rest} more.` : ""));
  }

  // --- Unread messages, and how many decisions wait ------------------------------------------------

  const store = `hotwash ${base} read`;
  const read = new Set();
  try {
    for (const item of JSON.parse(localStorage.getItem(store) ?? "[]")) read.add(item);
  } catch {} // No storage: messages are new again after a reload.

  const watch = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      clearTimeout(target.hotwashTimer);
      if (isIntersecting && !document.hidden) target.hotwashTimer = setTimeout(() => markRead(target), 3000);
    }
  }, { threshold: 0.6 });

  function markRead(item) {
    if (document.hidden) return;
    read.add(item.dataset.key);
    watch.unobserve(item);
    try {
      localStorage.setItem(store, JSON.stringify([...read]));
    } catch {} // As above.
    tally();
  }

  function tally() {
    let unread = 0;
    for (const item of document.querySelectorAll("[data-unread] > li")) {
      const isNew = !read.has(item.dataset.key);
      item.toggleAttribute("data-my-unread", isNew);
      if (isNew) watch.observe(item);
      unread += isNew;
    }
    const open = Number(document.querySelector("#cards:not([hidden]) [data-badge]")?.dataset.badge ?? 0);
    const counts = { inbox: unread, cards: open };
    for (const place of document.querySelectorAll("[data-count]")) {
      place.closest("li").hidden = byId(place.dataset.count).hidden;
      place.textContent = counts[place.dataset.count] || "";
    }
    const parts = [open > 0 && t("{n} open", { n: open }), unread > 0 && t("{n} new", { n: unread })].filter(Boolean);
    document.title = parts.length > 0 ? `(${parts.join(", ")}) ${title}` : title;
  }

  // --- The clock -----------------------------------------------------------------------------------

  const [MINUTE, HOUR, DAY] = [60000, 3600000, 86400000];
  const civil = (at) => Date.parse(`${at.slice(0, 10)}T${at.slice(11, 16)}:00Z`);
  const startex = body.dataset.startex ? civil(body.dataset.startex) : 0;
  let saidAt = 0;

  function span(ms) {
    const whole = Math.abs(ms);
    const [d, h, m] = [whole / DAY, (whole % DAY) / HOUR, (whole % HOUR) / MINUTE].map(Math.floor);
    const days = d === 1 ? "{d} day" : "{d} days";
    if (d > 0) return t(h > 0 && d < 10 ? `${days} {h} h` : days, { d, h });
    return t(h > 0 ? (m > 0 ? "{h} h {m} min" : "{h} h") : "{m} min", { h, m });
  }

  function tick(at) {
    const now = civil(at);
    if (Number.isNaN(now)) return;
    const date = new Date(now);
    // `Thu, 08 Aug 2019 ...`: the words of this form are the same everywhere.
    const [weekday, , month, year] = date.toUTCString().split(/,? /);
    const day = Math.floor(now / DAY) - Math.floor(startex / DAY);
    const written = t("{day} {month} {year}", { day: date.getUTCDate(), month: t(month), year });
    put("date", t("{weekday} {date}", { weekday: t(weekday), date: written }));
    put("time", at.slice(11, 16));
    const changed = put("day", `T${day < 0 ? "\u2212" : "+"}${Math.abs(day)}`);
    const ms = now - startex;
    for (const place of document.querySelectorAll("[data-due]")) {
      const left = Number(place.dataset.due) - ms;
      place.textContent = t(left > 0 ? "{span} left" : "overdue by {span}", { span: span(left) });
    }
    for (const bar of document.querySelectorAll("rect[data-until]")) {
      const [from, to] = [Number(bar.dataset.since), Number(bar.dataset.until)];
      bar.setAttribute("width", Math.round(Math.min(1, Math.max(0, (ms - from) / Math.max(1, to - from))) * 100));
    }
    // Those who listen hear the date now and then, not every second.
    if (changed && performance.now() - saidAt > 30000) {
      saidAt = performance.now();
      say(t("It is {date}.", { date: written }));
    }
  }

  function put(name, text) {
    const place = document.querySelector(`[data-clock="${name}"]`);
    if (!place || place.textContent === text) return false;
    place.textContent = text;
    return true;
  }

  // --- The stream ----------------------------------------------------------------------------------

  let stream = null;
  let again = null;

  const data = (event) => {
    try {
      return JSON.parse(event.data);
    } catch {
      return {};
    }
  };

  function listen() {
    clearTimeout(again);
    stream?.close();
    stream = new EventSource(`${base}/events`);
    stream.addEventListener("open", () => {
      byId("lost").hidden = true;
      refresh(panels());
    });
    stream.addEventListener("changed", (event) => refresh(data(event).panels ?? panels()));
    stream.addEventListener("clock", (event) => {
      const { at } = data(event);
      if (typeof at === "string") tick(at);
    });
    stream.addEventListener("error", () => {
      byId("lost").hidden = false;
      // The browser tries again by itself unless it was turned away.
      if (stream.readyState === EventSource.CLOSED) again = setTimeout(listen, 2000);
    });
  }

  // --- Forms ---------------------------------------------------------------------------------------

  // Buttons under way are marked and not disabled: a disabled one loses the focus.
  async function send(form, button) {
    if (form.dataset.myBusy) return;
    const tell = (problem, done) => {
      form.querySelector(":scope > .problem").textContent = problem;
      form.querySelector(":scope > .done").textContent = done;
    };
    tell("", "");
    form.dataset.myBusy = "yes";
    button?.setAttribute("aria-disabled", "true");
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.set(button.name, button.value);
    let trouble = "";
    try {
      const to = button?.getAttribute("formaction") ?? form.action;
      const answer = await fetch(to, { method: "POST", body: fields, headers: { "x-hotwash": "1" } });
      const elsewhere = answer.headers.get("x-hotwash-go");
      if (elsewhere) return location.assign(elsewhere);
      if (!answer.ok) trouble = (await sentence(answer)) || t("That did not work. Try again.");
    } catch {
      trouble = t("The connection is lost. Nothing was sent; try again in a moment.");
    }
    delete form.dataset.myBusy;
    button?.removeAttribute("aria-disabled");
    tell(trouble, trouble ? "" : form.dataset.done ?? "");
    if (trouble) return;
    // What was sent comes back as the new defaults.
    form.reset();
    if (stream?.readyState !== EventSource.OPEN) refresh(panels());
  }

  // What went wrong: a plain sentence, or the page that says it.
  async function sentence(answer) {
    const text = await answer.text();
    if (!text.trimStart().startsWith("<")) return text.slice(0, 400);
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.querySelector("main p")?.textContent ?? "";
  }

  if (base !== undefined) {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.method !== "post") return;
      event.preventDefault();
      send(form, event.submitter);
    });
    addEventListener("pagehide", () => {
      clearTimeout(again);
      stream?.close();
    });
    addEventListener("pageshow", (event) => event.persisted && listen());
    // What is on the screen when somebody comes back may be read then.
    document.addEventListener("visibilitychange", () => {
      watch.disconnect();
      tally();
    });
    tally();
    listen();
  }
  document.addEventListener("click", (event) => event.target.closest?.("[data-copy]")?.select());
})();
