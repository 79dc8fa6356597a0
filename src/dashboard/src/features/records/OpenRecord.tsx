import type { CollectionModel, RecordModel } from 'pocketbase';
import { type ComponentType, lazy, Suspense } from 'react';

interface PanelProps {
  collection: CollectionModel;
  id: string;
  onClose: () => void;
  onSaved?: (record: RecordModel) => void;
}

const Panel = lazy(async () => {
  const { RecordPanel } = (await import('~/features/editor')) as { RecordPanel?: ComponentType<PanelProps> };
  return { default: RecordPanel ?? (() => null) };
});

/** The panel of the record that is open beside the grid; it comes with the editor's code when first needed. */
export function OpenRecord(props: PanelProps) {
  return (
    <Suspense fallback={null}>
      <Panel key={props.id} {...props} />
    </Suspense>
  );
}
