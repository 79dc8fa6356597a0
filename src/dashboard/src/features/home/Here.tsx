import { Button, Group, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Database, Eye, type LucideIcon, Table2, Users } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '~/ui/States';
import classes from './Home.module.css';
import { recordCount } from './model';
import { Section } from './Section';

const shown = 12;
const icons: Record<string, LucideIcon> = { base: Table2, auth: Users, view: Eye };

/** The collections of the app with how much is in them. */
export function Here({ collections }: { collections: CollectionModel[] }) {
  const { t } = useTranslation('home');
  const own = collections.filter(({ system }) => !system);
  const rest = own.length - shown;

  return (
    <Section
      title={t('here.title')}
      links={[{ to: '/collections', label: rest > 0 ? `${t('here.all')} (${t('here.more', { count: rest })})` : t('here.all') }]}
    >
      {own.length === 0 ? (
        <EmptyState icon={Database} title={t('here.empty')} text={t('here.emptyText')}>
          <Button component={Link} to="/welcome">
            {t('begin')}
          </Button>
        </EmptyState>
      ) : (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="sm">
          {own.slice(0, shown).map((collection) => (
            <CollectionCard key={collection.id} collection={collection} />
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}

function CollectionCard({ collection: { name, type } }: { collection: CollectionModel }) {
  const { t, i18n } = useTranslation('home');
  const { data: count } = useQuery(recordCount(name));
  const Icon = icons[type] ?? Table2;

  return (
    <Link to={`/collections/${name}`} className={classes.collection}>
      <Group gap="xs" wrap="nowrap">
        <Icon size={17} aria-label={t(`here.${type as 'base' | 'auth' | 'view'}`)} />
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
      </Group>
      <Text size="sm" c="dimmed" mt={2}>
        {count === undefined ? '…' : t('here.records', { count, number: new Intl.NumberFormat(i18n.language).format(count) })}
      </Text>
    </Link>
  );
}
