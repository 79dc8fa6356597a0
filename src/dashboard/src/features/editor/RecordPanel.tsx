import { Drawer } from '@mantine/core';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '~/ui/States';

const RecordEditor = lazy(() => import('./RecordEditor'));

/** What the side panel is given. */
export interface RecordPanelProps {
  collection: CollectionModel;
  id: string | 'new';
  onClose: () => void;
  /** After each time something was stored. */
  onSaved?: (record: RecordModel) => void;
  /** Opened from another editor: the one below keeps watch over the address. */
  nested?: boolean;
}

/** A record at the right of a page, to look at and to change. The form itself is loaded when the panel first opens. */
export function RecordPanel({ collection, id, onClose, onSaved, nested = false }: RecordPanelProps) {
  const { t } = useTranslation('editor');
  const [shown, setShown] = useState(true);
  // The form knows what is not stored yet and asks before it goes.
  const ask = useRef<() => Promise<boolean>>(async () => true);
  const close = async () => {
    if (await ask.current()) setShown(false);
  };
  return (
    <Drawer.Root opened={shown} onClose={close} onExitTransitionEnd={onClose} position="right" size="min(780px, 100vw)" closeOnClickOutside trapFocus>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content aria-label={t('title')}>
        <Drawer.Body p={0} h="100%">
          <Suspense fallback={<Loading />}>
            <RecordEditor
              key={id}
              collection={collection}
              id={id}
              place={nested ? 'nested' : 'panel'}
              ask={ask}
              onClose={() => setShown(false)}
              onSaved={onSaved}
            />
          </Suspense>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
