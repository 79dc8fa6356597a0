import { ActionIcon, Avatar, Button, Group, Menu, ScrollArea, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import classes from '../Collections.module.css';
import type { TabProps } from '../edit/tabs';
import type { AuthOptions, Provider } from '../model/authOptions';
import { Part } from './Part';
import { ProviderForm } from './ProviderForm';

interface Known {
  name: string;
  displayName: string;
  logo: string;
}

const known = {
  queryKey: ['collections', 'providers'],
  queryFn: () => pb.send<Known[]>('/api/collections/meta/oauth2-providers', {}),
  staleTime: Number.POSITIVE_INFINITY,
};

// A picture in an image element runs no scripts.
const picture = (svg: string) => `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;

/** Sign-in through other services. */
export function Providers({ draft, onChange, errorsAt }: TabProps) {
  const { t } = useTranslation('collections');
  const { data: services = [] } = useQuery(known);
  const [open, setOpen] = useState<number>();
  const oauth2 = draft.oauth2;
  if (!oauth2) return null;
  const set = (change: Partial<AuthOptions['oauth2']>) =>
    onChange((before) => (before.oauth2 ? { ...before, oauth2: { ...before.oauth2, ...change } } : before));
  const fields = draft.fields.filter(({ system, type }) => !system && ['text', 'url', 'file', 'email'].includes(type)).map(({ name }) => name);

  const add = (name: string) => {
    set({
      providers: [
        ...oauth2.providers,
        { name, clientId: '', clientSecret: '', authURL: '', tokenURL: '', userInfoURL: '', displayName: '', pkce: null },
      ],
    });
    setOpen(oauth2.providers.length);
  };
  const change = (at: number, part: Partial<Provider>) =>
    set({ providers: oauth2.providers.map((one, i) => (i === at ? { ...one, ...part } : one)) });

  return (
    <Part
      title={t('providers.title')}
      hint={t('providers.hint')}
      on={oauth2.enabled}
      onSwitch={(enabled) => set({ enabled })}
      error={errorsAt('oauth2').enabled}
    >
      <Stack gap="xs">
        {oauth2.providers.map((provider, i) => {
          const service = services.find(({ name }) => name === provider.name);
          const errors = errorsAt(`oauth2.providers.${i}`);
          const title = provider.displayName || service?.displayName || provider.name;
          return (
            <Group key={provider.name} className={classes.row} px="sm" py="xs" wrap="nowrap" data-wrong={Object.keys(errors).length > 0 || undefined}>
              <Avatar src={service && picture(service.logo)} size={24} radius="sm" alt="" />
              <Text size="sm" flex={1} truncate>
                {title}
              </Text>
              {(!provider.clientId || Object.keys(errors).length > 0) && (
                <Text size="xs" className={classes.wrong}>
                  {t('providers.incomplete')}
                </Text>
              )}
              <ActionIcon variant="subtle" color="gray" aria-label={t('providers.edit', { name: title })} onClick={() => setOpen(i)}>
                <Pencil size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('providers.remove', { name: title })}
                onClick={() => set({ providers: oauth2.providers.filter((_, j) => j !== i) })}
              >
                <Trash2 size={16} aria-hidden />
              </ActionIcon>
              <ProviderForm
                opened={open === i}
                title={title}
                provider={provider}
                errors={errors}
                onChange={(part) => change(i, part)}
                onClose={() => setOpen(undefined)}
              />
            </Group>
          );
        })}
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" leftSection={<Plus size={16} aria-hidden />} style={{ alignSelf: 'start' }}>
              {t('providers.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <ScrollArea.Autosize mah={320}>
              {services
                .filter(({ name }) => !oauth2.providers.some((one) => one.name === name))
                .map(({ name, displayName, logo }) => (
                  <Menu.Item key={name} leftSection={<Avatar src={picture(logo)} size={18} radius="sm" alt="" />} onClick={() => add(name)}>
                    {displayName}
                  </Menu.Item>
                ))}
            </ScrollArea.Autosize>
          </Menu.Dropdown>
        </Menu>
      </Stack>
      {oauth2.providers.length > 0 && (
        <div className={classes.pair}>
          {(['name', 'username', 'avatarURL', 'id'] as const).map((key) => (
            <Select
              key={key}
              label={t(`providers.mapped.${key}`)}
              placeholder={t('providers.unmapped')}
              data={fields}
              clearable
              value={oauth2.mappedFields[key] || null}
              onChange={(value) => set({ mappedFields: { ...oauth2.mappedFields, [key]: value ?? '' } })}
            />
          ))}
        </div>
      )}
    </Part>
  );
}
