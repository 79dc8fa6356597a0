import { type ComponentProps, lazy, Suspense } from 'react';

const RecordPanel = lazy(async () => ({ default: (await import('~/features/editor')).RecordPanel }));

/** The panel of the record that is open beside the grid; it comes with the editor's code when first needed. */
export function OpenRecord(props: ComponentProps<typeof RecordPanel>) {
  return (
    <Suspense fallback={null}>
      <RecordPanel key={props.id} {...props} />
    </Suspense>
  );
}
