import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { words } from '~/i18n';
import { confirm } from './confirm';

/** Asks before the page is left while something is not saved. `stays` tells which addresses still belong to the page. */
export function useUnsaved(unsaved: boolean, stays: (path: string) => boolean = () => false): void {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname && !stays(nextLocation.pathname),
  );

  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const text = { ns: 'common' } as const;
    confirm({ title: words.t('unsaved.title', text), text: words.t('unsaved.text', text), action: words.t('unsaved.leave', text) }).then((leave) =>
      leave ? blocker.proceed() : blocker.reset(),
    );
  }, [blocker]);

  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
