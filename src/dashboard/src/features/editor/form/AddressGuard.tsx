import { type RefObject, useEffect } from 'react';
import { type Location, useBeforeUnload, useBlocker } from 'react-router';

interface Guard {
  place: 'panel' | 'page';
  ask: RefObject<() => Promise<boolean>>;
  isDirty: () => boolean;
  leaving: RefObject<boolean>;
}

/** Asks before another address takes a form with changes away. */
export function AddressGuard({ place, ask, isDirty, leaving }: Guard) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => !leaving.current && movesAway(place, currentLocation, nextLocation) && isDirty());
  useEffect(() => {
    if (blocker.state === 'blocked') ask.current().then((go) => (go ? blocker.proceed() : blocker.reset()));
  }, [blocker, ask]);
  useBeforeUnload((event) => {
    if (isDirty()) event.preventDefault();
  });
  return null;
}

// A panel stays open while the grid under it is sorted or filtered; the address names the record.
function movesAway(place: 'panel' | 'page', from: Location, to: Location): boolean {
  if (from.pathname !== to.pathname) return true;
  const record = ({ search }: Location) => new URLSearchParams(search).get('record');
  return place === 'panel' && record(from) !== record(to);
}
