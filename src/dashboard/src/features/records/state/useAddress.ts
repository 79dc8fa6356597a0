import { useCallback, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { type GridAddress, readAddress, writeAddress } from './address';

/** The state of the grid that stands in the address. Changing it goes back with the browser's arrow; what narrows the records begins at the first page. */
export function useAddress(): [GridAddress, (change: Partial<GridAddress>) => void] {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const text = params.toString();
  const address = useMemo(() => readAddress(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (part: Partial<GridAddress>) => {
      const anew = 'filter' in part || 'search' in part || 'sort' in part || 'perPage' in part;
      // The page may be drawn a moment after the address changed; the next change builds on the address itself, so that nothing old comes back.
      const now = readAddress(new URLSearchParams(location.hash.split('?')[1] ?? ''));
      navigate({ search: writeAddress({ ...now, ...(anew ? { page: 1 } : {}), ...part }).toString() });
    },
    [navigate],
  );
  return [address, change];
}
