/**
 * A `fetch` for one request of the SDK that tells how much of the body has gone, which the browser's own cannot.
 * Give it as `fetch` in the options of `pb.send` or another method.
 */
export function fetchTelling(tell: (share: number) => void): (url: RequestInfo | URL, config?: RequestInit) => Promise<Response> {
  return (url, config) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(config?.method ?? 'GET', String(url));
      for (const [name, value] of new Headers(config?.headers)) request.setRequestHeader(name, value);
      request.responseType = 'blob';
      request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
      request.onload = () => {
        const empty = request.status === 204 || request.status === 304;
        const type = request.getResponseHeader('Content-Type');
        resolve(new Response(empty ? null : request.response, { status: request.status, headers: type ? { 'Content-Type': type } : {} }));
      };
      request.onerror = () => reject(new TypeError('No answer came.'));
      request.onabort = () => reject(new DOMException('It was given up.', 'AbortError'));
      config?.signal?.addEventListener('abort', () => request.abort());
      request.send((config?.body as XMLHttpRequestBodyInit | null | undefined) ?? null);
    });
}
