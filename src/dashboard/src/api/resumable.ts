import { ClientResponseError, pb } from './client';
import { type Transport, withHeaders, withProgress } from './transport';

const version = { 'Tus-Resumable': '1.0.0' };
const piece = 8 * 1024 * 1024;
const tries = 8;

/** Where a file is to go: `field` with a `+` behind it adds to what is there. */
export interface UploadTarget {
  collection: string;
  record: string;
  field: string;
}

/** Uploads a large file in pieces and goes on where it was when the connection breaks (tus 1.0.0, docs/guide/files.md). */
export async function uploadResumable(file: File, target: UploadTarget, onProgress: (share: number) => void): Promise<void> {
  const upload = await begin(file, target);
  let sent = 0;
  let failures = 0;
  while (sent < file.size) {
    try {
      const part = file.slice(sent, sent + piece);
      sent = await sendPiece(upload, part, sent, (share) => onProgress((sent + share * part.size) / file.size));
      failures = 0;
    } catch (error) {
      if (!isPassing(error) || ++failures >= tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** failures, 10_000)));
      sent = await sentSoFar(upload).catch((reason) => {
        if (!isPassing(reason)) throw reason;
        return sent;
      });
    }
  }
}

const isPassing = (error: unknown) => error instanceof ClientResponseError && [0, 409, 423, 502, 503, 504].includes(error.status);

async function begin(file: File, { collection, record, field }: UploadTarget): Promise<string> {
  let place = '';
  const told = Object.entries({ collection, record, field, filename: file.name, filetype: file.type });
  await pb.send('/api/files/uploads', {
    method: 'POST',
    headers: {
      ...version,
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Length': String(file.size),
      'Upload-Metadata': told.map(([key, value]) => `${key} ${base64(value)}`).join(','),
    },
    fetch: withHeaders((headers) => {
      place = headers.get('Location') ?? '';
    }),
  });
  return new URL(place, pb.buildURL('/')).pathname;
}

async function sendPiece(upload: string, part: Blob, from: number, onProgress: (share: number) => void): Promise<number> {
  let offset = from;
  await call(
    upload,
    {
      method: 'PATCH',
      body: part,
      headers: { ...version, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(from) },
    },
    (headers) => {
      offset = Number(headers.get('Upload-Offset') ?? from + part.size);
    },
    withProgress(onProgress),
  );
  return offset;
}

async function sentSoFar(upload: string): Promise<number> {
  let offset = 0;
  await call(upload, { method: 'HEAD', headers: version }, (headers) => {
    offset = Number(headers.get('Upload-Offset') ?? 0);
  });
  return offset;
}

// The place of an upload is a path of the server; the SDK puts its own address before what it is given.
const call = (upload: string, options: RequestInit & { headers: Record<string, string> }, onHeaders: (headers: Headers) => void, send?: Transport) =>
  pb.send(upload, { ...options, fetch: withHeaders(onHeaders, send) });

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
