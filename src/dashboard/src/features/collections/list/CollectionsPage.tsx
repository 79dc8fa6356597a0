import { Button, Group, Menu, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Database, Download, Plus, Search, Upload } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { allCollections } from '~/api/queries';
import { useSchemaHidden } from '~/api/settings';
import { saveFile } from '~/ui/actions/saveFile';
import { PageFrame } from '~/ui/PageFrame';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { CollectionTable } from './CollectionTable';
import { ImportDialog } from './ImportDialog';
import { exported } from './transfer';

const Diagram = lazy(() => import('./Diagram'));

/** All collections, as a list or as a picture of how they refer to each other. */
export function CollectionsPage() {
  const hidden = useSchemaHidden();
  const { t } = useTranslation(['collections', 'common']);
  const [params, setParams] = useSearchParams();
  const [importing, setImporting] = useState(false);
  const { data, error, refetch } = useQuery(allCollections);
  const search = params.get('search') ?? '';
  const own = params.get('own') === '1';
  const picture = params.get('show') === 'picture';

  const put = (key: string, value: string) =>
    setParams(
      (now) => {
        if (value) now.set(key, value);
        else now.delete(key);
        return now;
      },
      { replace: true },
    );

  const word = search.trim().toLowerCase();
  const shown = (data ?? []).filter(
    ({ name, system, fields }) =>
      (own || !system) && (name.toLowerCase().includes(word) || fields.some((field) => field.name.toLowerCase() === word)),
  );

  return (
    <PageFrame
      title={t('title')}
      hint={t('hint')}
      actions={
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" rightSection={<ChevronDown size={16} aria-hidden />}>
                {t('transfer')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {!hidden && (
                <Menu.Item leftSection={<Upload size={15} aria-hidden />} onClick={() => setImporting(true)}>
                  {t('import.item')}
                </Menu.Item>
              )}
              <Menu.Item
                leftSection={<Download size={15} aria-hidden />}
                onClick={() => saveFile('collections.json', exported((data ?? []).filter(({ system }) => !system)))}
              >
                {t('export.all')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {!hidden && (
            <Button component={Link} to="/collections/new" leftSection={<Plus size={16} aria-hidden />}>
              {t('new.title')}
            </Button>
          )}
        </>
      }
    >
      <Group gap="md">
        <TextInput
          flex="1 1 200px"
          maw={360}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<Search size={16} aria-hidden />}
          value={search}
          onChange={(event) => put('search', event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('show.label')}
          value={picture ? 'picture' : 'list'}
          onChange={(value) => put('show', value === 'picture' ? value : '')}
          data={[
            { value: 'list', label: t('show.list') },
            { value: 'picture', label: t('show.picture') },
          ]}
        />
        <Switch label={t('showOwn')} checked={own} onChange={(event) => put('own', event.currentTarget.checked ? '1' : '')} />
      </Group>
      <Stack>
        {!data && (error ? <ErrorState error={error} retry={refetch} /> : <Loading />)}
        {data && shown.length === 0 && !word && (
          <EmptyState icon={Database} title={t('empty.title')} text={t('empty.text')}>
            <Button component={Link} to="/collections/new">
              {t('new.title')}
            </Button>
            <Button component={Link} to="/welcome" variant="default">
              {t('empty.template')}
            </Button>
          </EmptyState>
        )}
        {data && shown.length === 0 && word && <Text c="dimmed">{t('none', { search })}</Text>}
        {shown.length > 0 &&
          (picture ? (
            <Suspense fallback={<Loading />}>
              <Diagram collections={shown} />
            </Suspense>
          ) : (
            <CollectionTable collections={shown} />
          ))}
      </Stack>
      <ImportDialog opened={importing} onClose={() => setImporting(false)} />
    </PageFrame>
  );
}
