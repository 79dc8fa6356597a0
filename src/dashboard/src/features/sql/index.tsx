import { Alert, Button, Group, Kbd, Stack, Switch, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Play, ShieldAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { confirm } from '~/ui/actions/confirm';
import { useAct } from '~/ui/actions/useAct';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState } from '~/ui/States';
import { Elapsed } from '~/ui/texts/Elapsed';
import { draft, forget, keepDraft, note, uses } from './history';
import { ResultView } from './ResultView';
import classes from './Sql.module.css';
import { SqlEditor } from './SqlEditor';
import { isChange, isEmpty } from './statements';
import { Uses } from './Uses';

/** SQL in the words of the database: reads by default; changes have to be allowed and are asked about. */
export function SqlPage() {
  const { t } = useTranslation('sql');
  const client = useQueryClient();
  const [text, setText] = useState(draft);
  const [allowed, setAllowed] = useState(false);
  const [history, setHistory] = useState(uses);
  const [held, setHeld] = useState(false);
  const run = useAct({
    do: (query: string) => pb.sql.run(query),
    quiet: true,
    finished: (result, query) => {
      setHistory(note({ query, at: new Date().toISOString(), took: result.execTime }));
      if (isChange(query)) client.invalidateQueries();
    },
  });

  const write = (next: string) => {
    setText(next);
    keepDraft(next);
    setHeld(false);
  };
  const begin = async (changes = allowed) => {
    if (run.isPending || isEmpty(text)) return;
    if (isChange(text)) {
      if (!changes) return setHeld(true);
      if (!(await confirm({ title: t('ask.title'), text: t('ask.text'), action: t('ask.action') }))) return;
    }
    setHeld(false);
    run.mutate(text.trim(), { onError: () => setHistory(note({ query: text.trim(), at: new Date().toISOString() })) });
  };
  // The editor keeps the first function that it is given, so it gets one that always calls the latest.
  const latest = useRef(begin);
  latest.current = begin;

  return (
    <PageFrame title={t('title')} hint={t('hint')}>
      <div className={classes.page}>
        <Stack miw={0}>
          <SqlEditor value={text} onChange={write} onRun={() => latest.current()} />
          <Group justify="space-between" gap="sm">
            <Switch label={t('allow')} description={t('allowHint')} checked={allowed} onChange={(event) => setAllowed(event.currentTarget.checked)} />
            <Group gap="sm">
              <Text size="xs" c="dimmed" visibleFrom="sm">
                <Kbd size="xs">Ctrl</Kbd> + <Kbd size="xs">Enter</Kbd>
              </Text>
              <Button leftSection={<Play size={15} aria-hidden />} onClick={() => begin()} loading={run.isPending} disabled={isEmpty(text)}>
                {t('run')}
              </Button>
            </Group>
          </Group>
          {held && (
            <Alert color="yellow" variant="light" icon={<ShieldAlert aria-hidden />} title={t('held.title')} role="alert">
              <Stack gap="sm" align="start">
                <Text size="sm">{t('held.text')}</Text>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    setAllowed(true);
                    begin(true);
                  }}
                >
                  {t('held.action')}
                </Button>
              </Stack>
            </Alert>
          )}
          {run.isPending ? (
            <Elapsed text={t('running')} />
          ) : run.isError ? (
            <ErrorState error={run.error} />
          ) : (
            run.data && <ResultView result={run.data} />
          )}
        </Stack>
        <Uses
          uses={history}
          onChoose={write}
          onForget={() => {
            forget();
            setHistory([]);
          }}
        />
      </div>
    </PageFrame>
  );
}
