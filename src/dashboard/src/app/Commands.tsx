import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useKeys } from './useKeys';

const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }));
const Keys = lazy(async () => ({ default: (await import('./Keys')).Keys }));

/** What the keyboard does on every page. */
export function Commands() {
  const [opened, { open, close }] = useDisclosure();
  useKeys(open);
  return (
    <Suspense>
      <Palette showKeys={open} />
      {opened && <Keys opened close={close} />}
    </Suspense>
  );
}
