// What a person asks, as a filter for the server and as a sentence for people.
import { contains, quote } from "./api.js";
import { stateName } from "./states.js";

export const nearKm = 100;
export const pageSize = 30;

/** The parameters of the list request that answers a question. */
export function parameters({ state, text, near }) {
  if (near) {
    const { lon, lat } = near.location;
    // Few airports lie this close together, so one large page holds them all and can be put in order of distance.
    return { filter: `geoDistance(location.lon, location.lat, ${lon}, ${lat}) < ${nearKm}`, sort: "name", perPage: 1000 };
  }
  const parts = [];
  if (state) parts.push(`state = ${quote(state)}`);
  if (text) {
    const either = [`name ~ ${contains(text)}`, `city ~ ${contains(text)}`];
    if (/^[a-z0-9]{3,4}$/i.test(text)) either.push(`iata = ${quote(text.toUpperCase())}`);
    parts.push(either.join(" || "));
    if (parts.length > 1) parts[1] = `(${parts[1]})`;
  }
  return { filter: parts.join(" && "), sort: "name", perPage: pageSize };
}

/** "12 airports in Texas with “san” in their name or city." */
export function countWords(total, { state, text, near }) {
  const count = total === 0 ? "No airport" : total === 1 ? "One airport" : `${total.toLocaleString("en")} airports`;
  if (near) return `${count} within ${nearKm} km of ${near.name}.`;
  const where = state ? ` in ${stateName(state)}` : " in the United States";
  const which = text ? ` with “${text}” in ${total > 1 ? "their" : "its"} name or city` : "";
  return `${count}${where}${which}.`;
}

/** What was asked, for somebody who does not read filters. */
export function words({ state, text, near }) {
  if (near) return `Every airport whose distance from ${near.name} is less than ${nearKm} kilometres, in order of name. The page then put the nearest first.`;
  const conditions = [];
  if (state) conditions.push(`the state is ${stateName(state)}`);
  if (text) {
    const code = /^[a-z0-9]{3,4}$/i.test(text) ? `, or whose code is ${text.toUpperCase()}` : "";
    conditions.push(`the name or the city contains “${text}”${code}`);
  }
  const where = conditions.length ? ` where ${conditions.join(", and ")}` : "";
  return `All airports${where}, in order of name, ${pageSize} at a time.`;
}

/** Kilometres between two points on a round earth, the same formula as the server's geoDistance. */
export function distance(a, b) {
  const rad = Math.PI / 180;
  const half = (Math.sin(((b.lat - a.lat) * rad) / 2)) ** 2
    + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * (Math.sin(((b.lon - a.lon) * rad) / 2)) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(half)));
}
