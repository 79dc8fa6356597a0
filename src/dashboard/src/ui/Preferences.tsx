import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { Check, Languages, type LucideIcon, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Language, languages, speak } from '~/i18n';

/** The names of the languages, each in itself. */
const names: Record<Language, string> = { en: 'English', de: 'Deutsch' };
const schemes: { scheme: 'light' | 'dark' | 'auto'; icon: LucideIcon }[] = [
  { scheme: 'light', icon: Sun },
  { scheme: 'dark', icon: Moon },
  { scheme: 'auto', icon: Monitor },
];

/** Light or dark, and the language: both kept in this browser. */
export function Preferences() {
  const { t, i18n } = useTranslation('common');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = schemes.find(({ scheme }) => scheme === colorScheme)?.icon ?? Monitor;

  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Tooltip label={t('preferences.scheme')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('preferences.scheme')}>
              <Icon size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {schemes.map(({ scheme, icon: Each }) => (
            <Menu.Item
              key={scheme}
              leftSection={<Each size={16} aria-hidden />}
              rightSection={scheme === colorScheme ? <Check size={16} aria-hidden /> : undefined}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`preferences.${scheme}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Tooltip label={t('preferences.language')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('preferences.language')}>
              <Languages size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {languages.map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              rightSection={language === i18n.language ? <Check size={16} aria-hidden /> : undefined}
              onClick={() => void speak(language)}
            >
              {names[language]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
