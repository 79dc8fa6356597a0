import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type GridAddress, readAddress, writeAddress } from './address';

/** The state of the grid that stands in the address. Changing it goes back with the browser's arrow; what narrows the records begins at the first page. */
export function useAddress(): [GridAddress, (change: Partial<GridAddress>) => void] {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const address = useMemo(() => readAddress(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (part: Partial<GridAddress>) => {
      const anew = 'filter' in part || 'search' in part || 'sort' in part || 'perPage' in part;
      setParams((now) => writeAddress({ ...readAddress(now), ...(anew ? { page: 1 } : {}), ...part }));
    },
    [setParams],
  );
  return [address, change];
}
