/** What a request wanted, as far as its method and address tell. */
export interface Wish {
  kind:
    | 'list'
    | 'view'
    | 'create'
    | 'update'
    | 'delete'
    | 'signin'
    | 'refresh'
    | 'account'
    | 'file'
    | 'live'
    | 'batch'
    | 'collections'
    | 'backups'
    | 'settings'
    | 'page'
    | 'other';
  /** Name of the collection, where there is one. */
  collection: string;
}

const byMethod: Record<string, Wish['kind']> = { GET: 'list', HEAD: 'list', POST: 'create', PATCH: 'update', DELETE: 'delete' };

/** Reads the wish out of method and address. */
export function wishOf(method: string, url: string): Wish {
  const path = (url.split('?')[0] ?? '').replace(/\/+$/, '');
  if (!path.startsWith('/api/')) return { kind: 'page', collection: '' };
  const [first = '', name = '', action = '', id = ''] = path.slice('/api/'.length).split('/').map(plain);
  if (first === 'collections') {
    if (action === 'records') return { kind: id && method === 'GET' ? 'view' : (byMethod[method] ?? 'other'), collection: name };
    if (action === 'auth-refresh') return { kind: 'refresh', collection: name };
    if (action.startsWith('auth-with-')) return { kind: 'signin', collection: name };
    if (action && name !== 'meta' && action !== 'truncate') return { kind: 'account', collection: name };
    return { kind: 'collections', collection: '' };
  }
  if (first === 'files') return { kind: 'file', collection: name };
  if (first === 'realtime') return { kind: 'live', collection: '' };
  if (first === 'batch' || first === 'backups' || first === 'settings') return { kind: first, collection: '' };
  return { kind: 'other', collection: '' };
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
