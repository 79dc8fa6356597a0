// The page itself: reads the question, asks the server, shows the answer and how it came about.
import { all, list, Trouble } from "./api.js";
import { DotMap } from "./map.js";
import { countWords, distance, pageSize, parameters, words } from "./question.js";
import { stateName } from "./states.js";

const $ = id => document.getElementById(id);
const pick = ["ask", "state", "name", "near", "near-name", "near-off", "count", "trouble", "trouble-text", "again", "empty", "any-name", "any-state", "results", "more",
  "map", "map-note", "seen-words", "seen-request", "seen-time", "seen-raw", "seen-stages"];
const page = Object.fromEntries(pick.map(id => [id, $(id)]));

const map = new DotMap(page.map, page["map-note"], { onPick: showNear });
let everyone = [];       // all airports, for the faint dots
let matches = [];        // the airports the last question found, for the bright dots
let near = null;         // set while a person looks around one airport
let shown = 0, total = 0, pageNumber = 1;
let running = null;      // the request under way; a newer question ends it

const question = () => ({ state: page.state.value, text: page.name.value.trim(), near });

// ---- asking

async function ask() {
  running?.abort();
  const { signal } = (running = new AbortController());
  const asked = question();
  busy(true);
  rememberInAddress(asked);
  try {
    const params = parameters(asked);
    const answer = await list("airports", params, signal);
    if (asked.near) answer.items = nearestFirst(answer.items, asked.near);
    pageNumber = 1;
    total = answer.totalItems;
    page.results.replaceChildren();
    page.count.textContent = countWords(total, asked);
    addRows(answer.items, asked);
    emptyHints(asked);
    seen(asked, answer);
    page.trouble.hidden = true;
    matches = total > answer.items.length ? await dotsOf(params.filter, signal) : answer.items;
    if (!asked.state && !asked.text && !asked.near) everyone = matches;
    map.draw(asked, matches, everyone);
  } catch (error) {
    fail(error);
  } finally {
    if (running?.signal === signal) busy(false);
  }
}

const dotsOf = (filter, signal) => all("airports", { filter, fields: "id,iata,name,state,location" }, signal);

async function more() {
  const asked = question();
  page.more.disabled = true;
  try {
    const answer = await list("airports", { ...parameters(asked), page: pageNumber + 1 }, running?.signal);
    pageNumber++;
    const first = addRows(answer.items, asked);
    seen(asked, answer);
    first?.querySelector("button").focus({ preventScroll: true });
  } catch (error) {
    fail(error);
  } finally {
    page.more.disabled = false;
  }
}

function fail(error) {
  if (error.name === "AbortError") return;
  if (!(error instanceof Trouble)) console.error(error);
  page.count.textContent = "The airports could not be shown.";
  page["trouble-text"].textContent = error instanceof Trouble ? error.message : "Something in this page went wrong.";
  page.trouble.hidden = false;
  page.results.replaceChildren();
  page.more.hidden = page.empty.hidden = true;
}

// ---- showing

function addRows(items, asked) {
  const rows = items.map(airport => row(airport, asked));
  page.results.append(...rows);
  shown = page.results.childElementCount;
  const left = total - shown;
  page.more.hidden = left <= 0;
  page.more.textContent = `Show ${Math.min(left, pageSize)} more of ${left.toLocaleString("en")}`;
  return rows[0];
}

function emptyHints({ state, text }) {
  page.empty.hidden = total > 0;
  page["any-name"].hidden = !text;
  page["any-state"].hidden = !state;
}

function row(airport, asked) {
  const item = document.createElement("li");
  item.className = "airport";
  const button = document.createElement("button");
  button.type = "button";
  button.title = "Show the airports near this one";
  const place = [airport.city, stateName(airport.state)].filter(Boolean).join(", ");
  button.append(part("code", airport.iata), part("title", airport.name), part("place", place));
  if (asked.near) button.append(part("far", airport.km < 0.5 ? "here" : `${Math.round(airport.km)} km`));
  button.addEventListener("click", () => showNear(airport));
  for (const on of ["pointerenter", "focus"]) button.addEventListener(on, () => map.point(airport));
  for (const off of ["pointerleave", "blur"]) button.addEventListener(off, () => map.point(null));
  item.append(button);
  return item;
}

function part(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

// "Seen through": the request, in words and as sent, and what it cost.
function seen(asked, { request, ms, items, totalItems, stages }) {
  page["seen-words"].textContent = words(asked);
  page["seen-request"].replaceChildren(part("verb", "GET "), part("path", request.path),
    ...request.query.flatMap(([key, value], i) => [`\n  ${i ? "&" : "?"}`, part("key", key), "=", part("value", value)]));
  const took = ms < 1 ? "under 1 ms" : `${Math.round(ms)} ms`;
  page["seen-time"].textContent = `Answered in ${took} with ${items.length.toLocaleString("en")} of ${totalItems.toLocaleString("en")}.`;
  page["seen-raw"].href = request.url;
  page["seen-stages"].hidden = stages.length === 0;
  page["seen-stages"].textContent = `Inside the server: ${stages.map(s => `${s.name} ${s.ms} ms`).join(", ")}.`;
}

function busy(on) {
  page.results.setAttribute("aria-busy", String(on));
  document.body.classList.toggle("busy", on);
}

const nearestFirst = (items, centre) =>
  items.map(a => ({ ...a, km: distance(a.location, centre.location) })).sort((a, b) => a.km - b.km);

// ---- near one airport

function showNear(airport) {
  near = airport;
  page["near-name"].textContent = airport.name;
  page.near.hidden = false;
  page.ask.classList.add("away");
  scrollTo({ top: 0, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  page["near-off"].focus({ preventScroll: true });
  ask();
}

function leaveNear() {
  near = null;
  page.near.hidden = true;
  page.ask.classList.remove("away");
}

// ---- starting

async function fillStates() {
  const answer = await list("airport_states", { perPage: 100 });
  const options = answer.items
    .map(({ id }) => ({ id, name: stateName(id) }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"))
    .map(({ id, name }) => new Option(name, id));
  page.state.append(...options);
}

function rememberInAddress({ state, text }) {
  const query = new URLSearchParams([["state", state], ["name", text]].filter(([, value]) => value)).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
}

async function start() {
  const wanted = new URLSearchParams(location.search);
  page.name.value = wanted.get("name") ?? "";
  try {
    if (page.state.length < 2) await fillStates();
    page.state.value = wanted.get("state") ?? "";
    if (page.state.selectedIndex < 0) page.state.value = "";
  } catch (error) {
    busy(false);
    return fail(error);
  }
  await ask();
  if (everyone.length) return;
  // The faint dots are decoration: without them the map still shows the matches.
  everyone = await dotsOf("", undefined).catch(() => []);
  map.draw(question(), matches, everyone);
}

let pause;
page.name.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => { leaveNear(); ask(); }, 160);
});
page.state.addEventListener("change", () => { leaveNear(); ask(); });
page.ask.addEventListener("submit", event => { event.preventDefault(); clearTimeout(pause); leaveNear(); ask(); });
page["near-off"].addEventListener("click", () => { leaveNear(); page.name.focus(); ask(); });
page["any-name"].addEventListener("click", () => { page.name.value = ""; page.name.focus(); ask(); });
page["any-state"].addEventListener("click", () => { page.state.value = ""; page.state.focus(); ask(); });
page.more.addEventListener("click", more);
page.again.addEventListener("click", () => (page.state.length < 2 ? start() : ask()));
start();
