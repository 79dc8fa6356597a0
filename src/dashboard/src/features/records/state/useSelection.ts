import { useCallback, useState } from 'react';

/** The records that are ticked, over all pages. `all`: every record that the search and filter find, also those on other pages. */
export interface Selection {
  ids: ReadonlySet<string>;
  all: boolean;
  set: (ids: string[], on: boolean) => void;
  setAll: () => void;
  clear: () => void;
  drop: (id: string) => void;
}

export function useSelection(): Selection {
  const [{ ids, all }, setState] = useState<{ ids: ReadonlySet<string>; all: boolean }>({ ids: new Set(), all: false });
  const set = useCallback(
    (changed: string[], on: boolean) =>
      setState((before) => {
        const next = new Set(before.ids);
        for (const id of changed) on ? next.add(id) : next.delete(id);
        return { ids: next, all: before.all && on };
      }),
    [],
  );
  const setAll = useCallback(() => setState((before) => ({ ...before, all: true })), []);
  const clear = useCallback(() => setState({ ids: new Set(), all: false }), []);
  const drop = useCallback(
    (id: string) => setState((before) => (before.ids.has(id) ? { ...before, ids: new Set([...before.ids].filter((one) => one !== id)) } : before)),
    [],
  );
  return { ids, all, set, setAll, clear, drop };
}
