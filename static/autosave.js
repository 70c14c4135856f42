// Saves a form by itself while it is being filled in, and keeps the text in this browser whenever that fails.
//
//   <form method="post" data-autosave="ADDRESS"> with the hidden fields csrfmiddlewaretoken, version and writer
//   <p role="status" data-autosave-status></p> inside it
//
// ADDRESS is posted the form's fields and answers {"version": 4, "saved_at": "…"}; or 409 with {"message": "…"} when
// newer text was saved elsewhere, or 400 with {"message": "…"} when this text cannot be saved. An empty ADDRESS only
// keeps and warns: for a page on which the writer first has to put two texts together. "data-unsaved" says that the
// text on the page is not what the portal has; "data-autosave-says" is another word than "Saved", where a draft is kept.

const QUIET = 2_000; // milliseconds without a key, after which is saved
const AT_LATEST = 15_000; // or so long after the first key
const PATIENCE = 20_000; // how long a save may take
const AGAIN = [3_000, 6_000, 12_000, 30_000, 60_000]; // and then every minute
const KEPT_FOR = 3 * 24 * 3_600_000; // what is kept is private: it does not stay in a browser for long
const SIGN_IN = "/accounts/login/";
const NOT_TEXT = ["csrfmiddlewaretoken", "version", "page", "writer"];

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en", { month: "long", day: "numeric" });
const PREFIX = "kept text ";

class Autosave {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.status = form.querySelector("[data-autosave-status]");
    this.places = `${PREFIX}${form.elements.writer?.value} ${location.pathname} `;
    this.place = this.places + Date.now() + Math.random(); // each window keeps its own
    this.saved = "unsaved" in form.dataset ? null : this.text();
    this.failures = 0;
    this.isSaving = this.isSignedOut = this.isLeaving = false;
  }

  start() {
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("change", () => this.typed());
    this.form.addEventListener("submit", () => this.leave());
    addEventListener("online", () => this.save());
    addEventListener("focus", () => this.isSignedOut && this.save());
    addEventListener("pageshow", () => (this.isLeaving = false));
    addEventListener("beforeunload", (event) => this.isUnsaved && !this.isLeaving && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.isUnsaved && this.hide());
    this.offerKept();
    if (this.isUnsaved) this.typed();
  }

  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !NOT_TEXT.includes(name));
  }

  text() {
    return JSON.stringify(this.fields());
  }

  get isUnsaved() {
    return this.text() !== this.saved;
  }

  typed() {
    if (!this.isUnsaved) return;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.save(), QUIET);
    this.late ??= setTimeout(() => this.save(), AT_LATEST);
  }

  // The form is sent by its button, or the page goes out of sight: what is not saved yet is kept, in case.
  leave() {
    this.isLeaving = true;
    this.sending?.abort();
    clearTimeout(this.soon);
    clearTimeout(this.late);
    clearTimeout(this.next);
    if (this.isUnsaved) this.keep();
  }

  hide() {
    this.keep();
    this.save();
  }

  async save() {
    clearTimeout(this.soon);
    clearTimeout(this.late);
    clearTimeout(this.next);
    this.late = undefined;
    if (!this.address || this.isSaving || this.isLeaving || !this.isUnsaved) return;
    this.isSaving = true;
    const text = this.text();
    const answer = (!this.isSignedOut || (await this.signedInAgain())) && (await this.post());
    this.isSaving = false;
    if (!this.isLeaving) await this.hear(answer, text);
  }

  async post() {
    this.sending = new AbortController();
    const enough = setTimeout(() => this.sending.abort(), PATIENCE);
    try {
      const body = new FormData(this.form);
      return await fetch(this.address, { method: "POST", body, redirect: "manual", signal: this.sending.signal });
    } catch {
      return null; // no connection, or none that is quick enough
    } finally {
      clearTimeout(enough);
    }
  }

  async hear(answer, text) {
    if (answer === false || answer?.type === "opaqueredirect" || [401, 403].includes(answer?.status)) {
      this.signedOut();
    } else if (answer?.ok) {
      this.isSavedNow(await answer.json(), text);
    } else if (answer?.status === 409) {
      this.address = "";
      this.sayAndKeep((await answer.json()).message, this.compareButton());
    } else if (answer?.status === 400) {
      this.sayAndKeep(`Not saved: ${(await answer.json()).message}`);
    } else {
      this.sayAndKeep(`Not saved: ${answer ? "the portal does not answer" : "no connection"}.`);
      this.next = setTimeout(() => this.save(), AGAIN[Math.min(this.failures++, AGAIN.length - 1)]);
    }
  }

  isSavedNow({ version, saved_at }, text) {
    this.form.elements.version.value = version;
    this.saved = text;
    this.failures = 0;
    this.forget();
    this.say(`${this.form.dataset.autosaveSays ?? "Saved"} at ${clock.format(new Date(saved_at))}.`);
    this.typed(); // what was typed in the meantime
  }

  signedOut() {
    const again = document.createElement("a");
    again.href = SIGN_IN;
    again.target = "_blank";
    again.textContent = "Sign in again in another tab";
    this.isSignedOut = true;
    this.sayAndKeep("Not saved: you are signed out.", again);
    this.next = setTimeout(() => this.save(), AGAIN.at(-1));
  }

  // Whoever signs in anew gets a new token. It is read from this page as the portal shows it now, to its writer alone.
  async signedInAgain() {
    try {
      const answer = await fetch(location.href, { redirect: "manual" });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      const form = page.querySelector("form[data-autosave]");
      if (!form || form.elements.writer?.value !== this.form.elements.writer?.value) return false;
      const token = form.elements.csrfmiddlewaretoken.value;
      for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
      this.isSignedOut = false;
      return true;
    } catch {
      return false;
    }
  }

  // Sent as a draft, the portal shows this text and the other one side by side.
  compareButton() {
    const compare = button("Compare the two texts");
    compare.formNoValidate = true;
    return compare;
  }

  say(words, ...more) {
    if (!this.status || this.status.textContent === words) return; // said once, a screen reader says it once
    this.status.replaceChildren(words, ...more.flatMap((one) => [" ", one]));
  }

  sayAndKeep(words, ...more) {
    const kept = this.keep();
    this.say(`${words} ${kept ? "Your text is kept in this browser." : "Keep this page open."}`, ...more);
  }

  keep() {
    const kept = { at: Date.now(), version: this.form.elements.version.value, fields: this.fields() };
    return store((storage) => storage.setItem(this.place, JSON.stringify(kept)) ?? true);
  }

  forget(place = this.place) {
    store((storage) => storage.removeItem(place));
  }

  // Text that was kept and never saved is offered. The version it was built on tells the portal what it may replace.
  offerKept() {
    for (const [place, kept] of keptTexts()) {
      if (!place.startsWith(this.places)) continue;
      if (this.seen(kept.fields) === this.seen(this.fields())) this.forget(place);
      else this.form.before(this.offer(place, kept));
    }
  }

  // What the writer sees of it: not what is hidden in the form, nor the white space that saving takes away.
  seen(fields) {
    const visible = fields.filter(([name]) => this.form.elements[name]?.type !== "hidden");
    return JSON.stringify(visible.map(([name, value]) => [name, value.trim()]));
  }

  offer(place, kept) {
    const [offer, words, deeds] = ["section", "p", "p"].map((name) => document.createElement(name));
    const at = new Date(kept.at);
    offer.className = "status";
    offer.setAttribute("aria-label", "Text that is not saved");
    words.textContent = `What you typed here on ${day.format(at)} at ${clock.format(at)} is kept in this browser and not saved.`;
    deeds.className = "actions";
    deeds.append(
      button("Put it back", () => offer.remove() ?? this.putBack(place, kept)),
      button("Discard it", () => offer.remove() ?? this.forget(place)),
    );
    offer.append(words, deeds);
    return offer;
  }

  putBack(place, { fields, version }) {
    const values = {};
    for (const [name, value] of fields) (values[name] ??= []).push(value);
    for (const field of this.form.elements) {
      if (!field.name || NOT_TEXT.includes(field.name) || field.type === "submit") continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = !!values[field.name]?.includes(field.value);
      else field.value = values[field.name]?.shift() ?? field.value;
    }
    this.form.elements.version.value = version;
    if (this.keep()) this.forget(place);
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function button(words, deed) {
  const made = document.createElement("button");
  made.type = deed ? "button" : "submit";
  made.className = "btn btn-outline-primary";
  made.textContent = words;
  if (deed) made.addEventListener("click", deed);
  return made;
}

// What the browser keeps for this site: undefined where it keeps nothing, or has no room.
function store(deed) {
  try {
    return deed(localStorage);
  } catch {
    return undefined;
  }
}

function keptTexts() {
  const places = store((storage) => Object.keys(storage).filter((place) => place.startsWith(PREFIX))) ?? [];
  return places.map((place) => [place, JSON.parse(localStorage.getItem(place))]);
}

for (const [place, kept] of keptTexts()) {
  if (Date.now() - kept.at > KEPT_FOR) localStorage.removeItem(place);
}
for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form).start();
