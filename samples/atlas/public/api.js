// The one place that talks to the server: plain fetch against Hearth's HTTP API.
const records = collection => `/api/collections/${encodeURIComponent(collection)}/records`;

/** What went wrong, in words for the person who looks at the page. */
export class Trouble extends Error {}

/** Asks for one page of records. Answers with the page, the request as sent, and how long it took. */
export async function list(collection, params, signal) {
  const query = Object.entries(params).filter(([, value]) => value !== "" && value != null);
  const path = records(collection);
  const url = query.length ? `${path}?${new URLSearchParams(query)}` : path;
  const start = performance.now();
  let response, body;
  try {
    response = await fetch(url, { signal, headers: { Accept: "application/json" } });
    body = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble(response ? "The server's answer could not be read." : "The server cannot be reached. Is it running?");
  }
  if (!response.ok) throw new Trouble(body?.message || `The server answered with ${response.status}.`);
  const ms = performance.now() - start;
  return { ...body, request: { path, query, url }, ms, stages: stages(response.headers.get("Server-Timing")) };
}

/** Asks page after page until nothing is left, the largest pages first. */
export async function all(collection, params, signal) {
  const items = [];
  for (let page = 1; ; page++) {
    const answer = await list(collection, { ...params, page, perPage: 1000, skipTotal: true }, signal);
    items.push(...answer.items);
    if (answer.items.length < answer.perPage) return items;
  }
}

/** A text value for a filter: a JSON string is a valid one, so nothing a person types can leave it. */
export const quote = text => JSON.stringify(text);

/** The same for `~`, where a percent sign would otherwise mean "anything". */
export const contains = text => quote(text.replaceAll("%", "\\%"));

// "plan;dur=0.2, run;dur=1.4" as pairs; servers send it to developers only.
function stages(header) {
  return (header ?? "").split(",").map(part => {
    const [name, ...rest] = part.trim().split(";");
    const duration = rest.map(item => item.trim()).find(item => item.startsWith("dur="));
    return { name, ms: duration ? Number(duration.slice(4)) : NaN };
  }).filter(stage => stage.name && stage.ms >= 0);
}
