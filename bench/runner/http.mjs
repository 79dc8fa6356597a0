// Single requests outside the load: setting up and comparing answers.

/** Sends one request ({method, path, headers, body}) and gives the JSON of its answer; throws on any status but 2xx. */
export async function sendJson(url, { method = 'GET', path, headers = {}, body }) {
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return text === '' ? null : JSON.parse(text);
}

/** The same, as the text that came. */
export async function sendText(url, { path, headers = {} }) {
  return (await fetch(url + path, { headers })).text();
}
