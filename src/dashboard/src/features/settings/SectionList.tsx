import { Badge, NativeSelect, NavLink } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type Section, sections } from './model';
import classes from './Settings.module.css';

/** The sections: a list at the side, or a choice on narrow screens. Says which hold something unsaved or wrong. */
export function SectionList({ current, unsaved, faulty }: { current: Section; unsaved: Section[]; faulty: Section[] }) {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  return (
    <>
      <nav aria-label={t('sections')} className={classes.list}>
        {sections.map((section) => (
          <NavLink
            key={section}
            component={Link}
            to={`/settings/${section}`}
            label={t(`names.${section}`)}
            active={section === current}
            aria-current={section === current ? 'page' : undefined}
            py={6}
            rightSection={
              faulty.includes(section) ? (
                <Badge size="xs" color="red" variant="filled">
                  {t('faulty')}
                </Badge>
              ) : unsaved.includes(section) ? (
                <Badge size="xs" variant="default">
                  {t('changed')}
                </Badge>
              ) : null
            }
          />
        ))}
      </nav>
      <NativeSelect
        className={classes.choice}
        aria-label={t('sections')}
        value={current}
        onChange={(event) => navigate(`/settings/${event.currentTarget.value}`)}
        data={sections.map((section) => ({ value: section, label: t(`names.${section}`) + (unsaved.includes(section) ? ' •' : '') }))}
      />
    </>
  );
}
