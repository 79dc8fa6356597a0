// The dot map: every airport as a faint dot, the matches bright. Drawn as two paths, so thousands of dots stay light.
import { countrySheets, localSheet } from "./projection.js";
import { nearKm } from "./question.js";
import { stateName } from "./states.js";

const space = "http://www.w3.org/2000/svg";
const el = (name, attributes, text) => {
  const node = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
};
// A line of no length with round ends is a dot.
const dots = points => points.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("");

export class DotMap {
  #svg; #note; #title; #layer; #spot; #placed = []; #place = null;

  constructor(svg, note, { onPick }) {
    this.#svg = svg;
    this.#note = note;
    this.#title = svg.querySelector("title");
    this.#layer = svg.appendChild(el("g", {}));
    this.#spot = svg.appendChild(el("g", { class: "spot", "aria-hidden": "true" }));
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width) svg.style.setProperty("--unit", 960 / contentRect.width);
    }).observe(svg);
    svg.addEventListener("pointermove", event => this.point(this.#nearest(event)));
    svg.addEventListener("pointerleave", () => this.point(null));
    svg.addEventListener("click", event => { const hit = this.#nearest(event); if (hit) onPick(hit); });
  }

  /** Draws the matches of a question over everything else that is known. */
  draw({ state, near }, matches, everyone) {
    this.#spot.replaceChildren();
    this.#layer.replaceChildren();
    this.#placed = [];
    const known = everyone.length ? everyone : matches;
    if (!known.length) { this.#note.textContent = ""; return; }

    let scope = known, sheet;
    if (near) {
      const degrees = nearKm / 111.32, { lon, lat } = near.location, wide = degrees / Math.cos((lat * Math.PI) / 180);
      sheet = localSheet([{ lon: lon - wide, lat: lat - degrees }, { lon: lon + wide, lat: lat + degrees }], 0);
    } else if (state) {
      scope = known.filter(a => a.state === state);
      if (!scope.length) return;
      sheet = localSheet(scope.map(a => a.location), 60);
    } else {
      sheet = countrySheets(known);
    }
    this.#place = sheet.place;
    this.#placed = matches.map(airport => ({ airport, at: sheet.place(airport) }));

    const size = state || near ? 9 : 4.6;
    const chosen = new Set(matches.map(a => a.id));
    const rest = scope.filter(a => !chosen.has(a.id)).map(sheet.place).filter(([x, y]) => x > 0 && x < 960 && y > 0 && y < 620);
    if (near) this.#layer.append(el("circle", { class: "reach", cx: 480, cy: 310, r: nearKm / sheet.kmPerUnit }));
    this.#layer.append(el("path", { class: "rest", d: dots(rest), "stroke-width": size * 0.8 }));
    const few = matches.length < 400 ? 1.25 : 1;
    this.#layer.append(el("path", { class: "glow", d: dots(this.#placed.map(p => p.at)), "stroke-width": size * few * 2.4 }));
    this.#layer.append(el("path", { class: "hits", d: dots(this.#placed.map(p => p.at)), "stroke-width": size * few }));
    for (const { name, x, y } of sheet.labels ?? []) this.#layer.append(el("text", { class: "label sheet", x, y, "text-anchor": "middle" }, name));
    if (sheet.kmPerUnit) this.#scaleBar(sheet.kmPerUnit);

    const area = near ? `around ${near.name}` : state ? `in ${stateName(state)}` : "in the United States";
    this.#title.textContent = `Map of the ${matches.length} matches ${area}`;
    this.#note.textContent = rest.length
      ? "Bright: the matches. Faint: other airports. Choose a dot to see what lies near it."
      : "Each dot is an airport. Choose one to see what lies near it.";
  }

  /** Marks one airport with a ring and its name, or none. */
  point(airport) {
    this.#spot.replaceChildren();
    this.#svg.classList.toggle("over", Boolean(airport));
    if (!airport || !this.#place) return;
    const [x, y] = this.#place(airport);
    const end = x > 720 ? "end" : x < 240 ? "start" : "middle";
    this.#spot.append(
      el("circle", { cx: x, cy: y, r: 11 }),
      el("text", { x, y, dy: y < 90 ? "2.1em" : "-1.1em", "text-anchor": end }, `${airport.iata} ${airport.name}`));
  }

  #nearest(event) {
    const box = this.#svg.getBoundingClientRect();
    const scale = 960 / box.width;
    const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
    let best = null, least = (18 * scale) ** 2;
    for (const { airport, at: [ax, ay] } of this.#placed) {
      const far = (ax - x) ** 2 + (ay - y) ** 2;
      if (far < least) { least = far; best = airport; }
    }
    return best;
  }

  #scaleBar(kmPerUnit) {
    const km = [500, 200, 100, 50, 20, 10, 5].find(k => k / kmPerUnit <= 200) ?? 5;
    const long = km / kmPerUnit;
    this.#layer.append(
      el("path", { class: "bar", d: `M30 590v6h${long.toFixed(1)}v-6` }),
      el("text", { class: "label", x: 30 + long + 10, y: 598 }, `${km} km`));
  }
}
