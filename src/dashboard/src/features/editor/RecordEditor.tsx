import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { type RefObject, useEffect, useState } from 'react';
import { ErrorState, Loading } from '~/ui/States';
import { FormFrame } from './form/FormFrame';
import { useLatest } from './form/useLatest';
import { Missing } from './Missing';
import { type Draft, draftKey, readDraft } from './model/drafts';
import { isGone, readTagged, recordKey } from './model/store';
import type { Values } from './model/values';

/** What the editor is given. */
export interface RecordEditorProps {
  collection: CollectionModel;
  id: string | 'new';
  place: 'panel' | 'nested' | 'page';
  /** Filled with what asks before the form goes; resolves to whether it may go. */
  ask: RefObject<() => Promise<boolean>>;
  onClose: () => void;
  onSaved?: (record: RecordModel) => void;
}

/** Loads a record and what was typed earlier, and shows the form. */
export default function RecordEditor(props: RecordEditorProps) {
  const { collection, id, onClose } = props;
  const [copy, setCopy] = useState<Values | null>(null);
  const isNew = id === 'new' || copy !== null;
  const draft = useDraft(draftKey(collection.id, id));
  const { data, error, refetch } = useQuery({
    queryKey: recordKey(collection.id, id),
    queryFn: () => readTagged(collection, id),
    enabled: id !== 'new',
    placeholderData: undefined,
    staleTime: 0,
    // What changes meanwhile is told by live news; a form does not change because somebody came back to the window.
    refetchOnWindowFocus: false,
  });
  const gone = useLatest(collection, isNew ? null : id, refetch);

  if (!isNew && error && !data)
    return <Box p="lg">{isGone(error) ? <Missing what="record" onClose={onClose} /> : <ErrorState error={error} retry={() => refetch()} />}</Box>;
  if (draft === undefined || (!isNew && !data)) return <Loading />;
  if (copy)
    return (
      <FormFrame key="copy" {...props} id="new" latest={null} draft={{ changes: copy, base: {}, at: '' }} gone={false} onDuplicate={setCopy} copied />
    );
  return <FormFrame key="form" {...props} latest={isNew ? null : (data ?? null)} draft={draft} gone={gone} onDuplicate={setCopy} />;
}

function useDraft(key: string): Draft | null | undefined {
  const [draft, setDraft] = useState<Draft | null>();
  useEffect(() => {
    let ended = false;
    readDraft(key).then((found) => {
      if (!ended) setDraft(found);
    });
    return () => {
      ended = true;
    };
  }, [key]);
  return draft;
}
