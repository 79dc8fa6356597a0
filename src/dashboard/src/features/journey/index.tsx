import { Anchor, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ClientResponseError, pb } from '~/api/client';
import { entryOf, type Journey, type LogEntry } from '~/api/journeys';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { wishOf } from './model/address';
import { endOf, leadOf, type Telling, titleOf } from './model/sentences';
import { sharesOf } from './model/shares';
import { stationsOf } from './model/stations';
import { slowMs } from './model/verdict';
import { Facts } from './parts/Facts';
import { NotRecorded } from './parts/NotRecorded';
import { Picture } from './parts/Picture';
import { StepList } from './parts/StepList';
import { TimeShares } from './parts/TimeShares';

/** One request: what was wanted, how it ended, and its way through the server as a picture and in words. */
export function JourneyPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('journey');
  const found = useQuery({
    queryKey: ['logs', 'entry', id],
    queryFn: async () => entryOf(await pb.logs.getOne(id)),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: undefined,
  });
  if (found.data) return <Found entry={found.data} />;
  const gone = found.error instanceof ClientResponseError && found.error.status === 404;
  return (
    <PageFrame title={t('loadingTitle')} hint={<BackLink />}>
      {gone ? <Text>{t('gone')}</Text> : found.error ? <ErrorState error={found.error} retry={() => found.refetch()} /> : <Loading />}
    </PageFrame>
  );
}

function BackLink({ why }: { why?: Journey['why'] }) {
  const { t } = useTranslation('journey');
  return (
    <>
      <Anchor component={Link} to="/logs" size="sm" underline="always">
        <ArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('back')}
      </Anchor>
      {why && ` · ${t(`reason.${why}`)}`}
    </>
  );
}

function Found({ entry }: { entry: LogEntry }) {
  const { t, i18n } = useTranslation('journey');
  const telling: Telling = { t, language: i18n.language, entry };
  const { method = '', url = '', journey } = entry.data;
  const { kind, collection } = wishOf(method, url);
  // How many there are in all is not part of the journey; today's number says enough.
  const all = useQuery({
    queryKey: ['records', collection, 'count'],
    queryFn: async () => (await pb.collection(collection).getList(1, 1, { fields: 'id' })).totalItems,
    enabled: kind === 'list' && collection !== '' && journey !== undefined,
    staleTime: 60_000,
  }).data;
  const lead = leadOf(telling, all);
  return (
    <PageFrame title={titleOf(telling)} hint={<BackLink why={journey?.why} />}>
      <Stack gap="lg">
        {method && (
          <Text size="lg" maw="90ch">
            {endOf(telling)} {lead}
          </Text>
        )}
        {journey ? <Way entry={entry} journey={journey} telling={telling} /> : method && <NotRecorded entry={entry} />}
        <Facts entry={entry} />
      </Stack>
    </PageFrame>
  );
}

function Way({ entry, journey, telling }: { entry: LogEntry; journey: Journey; telling: Telling }) {
  const [active, setActive] = useState<string>();
  const stations = stationsOf(journey);
  const cause = sharesOf(journey)[0]?.cause;
  const slow = journey.total >= slowMs;
  const kind = cause === 'waiting' || cause === 'commit' ? 'database' : cause;
  const busiest = slow ? stations.filter((station) => station.kind === kind).sort((a, b) => b.took - a.took)[0]?.id : undefined;
  return (
    <>
      <Paper withBorder p={{ base: 'xs', sm: 'md' }}>
        <Picture
          stations={stations}
          total={entry.data.execTime ?? journey.total}
          status={entry.data.status ?? 0}
          busiest={busiest}
          active={active}
          onActive={setActive}
        />
      </Paper>
      <TimeShares journey={journey} telling={telling} />
      <StepList stations={stations} journey={journey} telling={telling} active={active} onActive={setActive} />
    </>
  );
}
