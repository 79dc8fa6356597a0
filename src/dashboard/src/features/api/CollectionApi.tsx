import { Anchor, NativeSelect, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useCollection, useCollections } from '~/api/queries';
import { PageFrame } from '~/ui/PageFrame';
import { Loading } from '~/ui/States';
import { Access } from './Access';
import classes from './api.module.css';
import { Snippets } from './Snippets';
import { actions, actionsOf } from './snippets';
import { isTriable } from './try/request';
import { TryIt } from './try/TryIt';

/** The API of one collection: code that is ready to run, and a place to try it. */
export function CollectionApiPage() {
  const { t } = useTranslation('api');
  const { name = '' } = useParams();
  const navigate = useNavigate();
  const collections = useCollections();
  const collection = useCollection(name);
  const [search, setSearch] = useSearchParams();
  const possible = collection ? actionsOf(collection) : actions;
  const action = possible.find((one) => one === search.get('do')) ?? 'list';
  return (
    <PageFrame
      title={t('of', { collection: collection?.name ?? name })}
      hint={
        <Anchor component={Link} to={`/collections/${encodeURIComponent(name)}`} size="sm" underline="hover">
          <ArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('records', { collection: collection?.name ?? name })}
        </Anchor>
      }
      actions={
        <NativeSelect
          aria-label={t('another')}
          value={collection?.name ?? name}
          onChange={(event) => navigate(`/collections/${encodeURIComponent(event.currentTarget.value)}/api?do=${action}`)}
          data={collections?.map((one) => one.name) ?? [name]}
        />
      }
    >
      {collection ? (
        <Stack gap="lg" key={collection.id}>
          <SegmentedControl
            className={classes.actions}
            aria-label={t('what')}
            value={action}
            onChange={(value) => setSearch({ do: value }, { replace: true })}
            data={possible.map((one) => ({ value: one, label: t(`actions.${one}`) }))}
          />
          <Stack gap={4}>
            <Text>{t(`texts.${action}`, { collection: collection.name })}</Text>
            <Access collection={collection} action={action} />
          </Stack>
          <Snippets collection={collection} action={action} />
          {isTriable(action) && (
            <Paper withBorder p="lg">
              <TryIt key={action} collection={collection} action={action} />
            </Paper>
          )}
        </Stack>
      ) : collections ? (
        <Text>{t('noSuch', { name })}</Text>
      ) : (
        <Loading />
      )}
    </PageFrame>
  );
}
