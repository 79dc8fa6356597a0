import { Box, ScrollArea, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AboutTabs } from '../about/AboutTabs';
import { type Draft, draftKey } from '../model/drafts';
import type { Tagged } from '../model/store';
import type { Values } from '../model/values';
import type { RecordEditorProps } from '../RecordEditor';
import { AddressGuard } from './AddressGuard';
import { Fields } from './Fields';
import { Footer } from './Footer';
import classes from './form.module.css';
import { Header } from './Header';
import { leaveOrStay } from './leaveOrStay';
import { Notices } from './Notices';
import { useKeptDraft } from './useKeptDraft';
import { useRecordForm } from './useRecordForm';
import { useSaveKey } from './useSaveKey';

interface Frame extends RecordEditorProps {
  latest: Tagged | null;
  draft: Draft | null;
  gone: boolean;
  onDuplicate: (values: Values) => void;
  /** The form begins with what another record has. */
  copied?: boolean;
}

/** The form of a record with its head, its notices and its buttons. */
export function FormFrame({ collection, id, place, ask, latest, draft, gone: told, copied = false, onClose, onSaved, onDuplicate }: Frame) {
  const { t } = useTranslation('editor');
  const form = useRecordForm({ collection, before: latest, draft });
  const body = useRef<HTMLDivElement>(null);
  const leaving = useRef(false);
  const [tab, setTab] = useState<string | null>('fields');
  const [fromDraft, setFromDraft] = useState(!copied && draft !== null && form.changed.length > 0);
  const [saved, setSaved] = useState(false);
  const readOnly = collection.type === 'view';
  const forget = useKeptDraft(draftKey(collection.id, id), form, copied);

  const { arrive } = form;
  useEffect(() => {
    if (latest) arrive(latest);
  }, [latest, arrive]);

  ask.current = async () => {
    if (leaving.current || !form.isDirty()) return true;
    const choice = await leaveOrStay();
    if (choice === 'discard') {
      form.reset();
      await forget();
    }
    leaving.current = choice !== 'stay';
    return leaving.current;
  };

  const save = async (close: boolean) => {
    if (readOnly || form.progress || form.clashes.length > 0) return;
    if (form.before && !form.isDirty()) return close ? onClose() : undefined;
    const record = await form.save();
    if (!record) {
      setTab('fields');
      requestAnimationFrame(() => body.current?.querySelector('[data-wrong]')?.scrollIntoView({ block: 'center' }));
      return;
    }
    await forget();
    setFromDraft(false);
    leaving.current = close || !latest;
    // A message beside the buttons is enough as long as they stay, and in a form over a form the chosen record says it.
    if (leaving.current && place !== 'nested') notifications.show({ message: t(latest ? 'saved' : 'created'), color: 'green', autoClose: 2500 });
    else setSaved(true);
    onSaved?.(record);
    if (close || (!latest && place !== 'page')) onClose();
    else leaving.current = false;
  };
  useSaveKey(() => save(false));

  const discard = async () => {
    form.reset();
    setFromDraft(false);
    await forget();
  };

  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.frame} data-place={place} variant="default">
      {place !== 'nested' && <AddressGuard place={place} ask={ask} isDirty={form.isDirty} leaving={leaving} />}
      <Header
        collection={collection}
        record={form.before?.record ?? null}
        place={place}
        gone={form.gone || told}
        onClose={async () => (await ask.current()) && onClose()}
        onDeleted={() => {
          leaving.current = true;
          forget();
          onClose();
        }}
        onDuplicate={() => onDuplicate(copyOf(form.values, form.fields))}
      />
      <Notices form={form} gone={form.gone || told} fromDraft={fromDraft && form.changed.length > 0} onDiscard={discard} draft={draft} />
      <ScrollArea className={classes.scroll} viewportRef={body} type="auto">
        <Box p={{ base: 'md', sm: 'lg' }} component="div">
          <Tabs.Panel value="fields">
            <Fields collection={collection} form={form} readOnly={readOnly} />
          </Tabs.Panel>
          {form.before && <AboutTabs collection={collection} record={form.before.record} tag={form.before.tag} />}
        </Box>
      </ScrollArea>
      {!readOnly && (tab === 'fields' || form.changed.length > 0) && (
        <Footer
          form={form}
          saved={saved}
          isNew={form.before === null}
          closes={place !== 'page'}
          gone={form.gone || told}
          onSave={save}
          onDiscard={discard}
        />
      )}
    </Tabs>
  );
}

// Files belong to the record that has them, passwords are never read, and an id is there once.
function copyOf(values: Values, fields: { name: string; type: string }[]): Values {
  const left = new Set(fields.filter(({ name, type }) => type === 'file' || type === 'password' || name === 'id').map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => !left.has(name)));
}
