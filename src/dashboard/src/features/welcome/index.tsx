import { Anchor, SimpleGrid } from '@mantine/core';
import { ArrowLeft, FileUp, LayoutTemplate, PencilRuler, Truck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { PageFrame } from '~/ui/PageFrame';
import { ImportFile } from './ImportFile';
import { MoveIn } from './MoveIn';
import { Templates } from './Templates';
import { WayCard } from './WayCard';

const ways = [
  { way: 'template', to: '/welcome?way=template', icon: LayoutTemplate },
  { way: 'import', to: '/welcome?way=import', icon: FileUp },
  { way: 'model', to: '/collections/new', icon: PencilRuler },
  { way: 'move', to: '/welcome?way=move', icon: Truck },
] as const;

/** What to do with an empty server: four ways to fill it. */
export function WelcomePage() {
  const { t } = useTranslation('welcome');
  const [search] = useSearchParams();
  const way = search.get('way');
  const back = (
    <Anchor component={Link} to="/welcome" size="sm" display="inline-flex" style={{ alignItems: 'center', gap: 6 }}>
      <ArrowLeft size={15} aria-hidden /> {t('back')}
    </Anchor>
  );

  if (way === 'template') {
    return (
      <PageFrame title={t('template.title')} hint={t('template.hint')} actions={back}>
        <Templates />
      </PageFrame>
    );
  }
  if (way === 'import') {
    return (
      <PageFrame title={t('import.title')} hint={t('import.hint')} actions={back}>
        <ImportFile />
      </PageFrame>
    );
  }
  if (way === 'move') {
    return (
      <PageFrame title={t('move.title')} hint={t('move.hint')} actions={back}>
        <MoveIn />
      </PageFrame>
    );
  }
  return (
    <PageFrame title={t('title')} hint={t('hint')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} maw={860}>
        {ways.map(({ way: one, to, icon }) => (
          <WayCard key={one} to={to} icon={icon} title={t(`ways.${one}.title`)} text={t(`ways.${one}.text`)} />
        ))}
      </SimpleGrid>
    </PageFrame>
  );
}
