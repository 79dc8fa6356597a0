/** Something that sends a request as `fetch` does; the SDK takes one as its option `fetch`. */
export type Transport = (url: RequestInfo | URL, config?: RequestInit) => Promise<Response>;

/** Hands the answer's headers to `onHeaders`; the SDK itself only gives the body back. */
export function withHeaders(onHeaders: (headers: Headers) => void, send: Transport = fetch): Transport {
  return async (url, config) => {
    const response = await send(url, config);
    onHeaders(response.headers);
    return response;
  };
}

/** Tells how much of the body is sent, from 0 to 1. `fetch` cannot, XMLHttpRequest can. */
export function withProgress(onProgress: (share: number) => void): Transport {
  return (url, config = {}) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(config.method ?? 'GET', String(url));
      for (const [name, value] of new Headers(config.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
      request.onload = () => resolve(answerOf(request));
      request.onerror = () => reject(new TypeError('The connection broke.'));
      request.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
      config.signal?.addEventListener('abort', () => request.abort());
      request.send((config.body as XMLHttpRequestBodyInit | null) ?? null);
    });
}

function answerOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const empty = request.status === 204 || request.status === 304;
  return new Response(empty ? null : request.responseText, { status: request.status, statusText: request.statusText, headers });
}
