import { ActionIcon, Autocomplete, Button, Group, NumberInput, Select, Table, Text, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCollections } from '~/api/queries';
import type { Form } from './Fields';

const actions = ['list', 'view', 'create', 'update', 'delete'];
const common = ['*:auth', '*:signUp', '*:create', '*:requestPasswordReset', '*:requestVerification', '*:requestOTP', '/api/batch', '/api/'];

/** The rules of the rate limits. The first that fits a request counts, so their order matters. */
export function LimitRules({ form }: { form: Form }) {
  const { t } = useTranslation('settings');
  const collections = useCollections()?.filter(({ system }) => !system) ?? [];
  const labels = [...common, ...collections.flatMap(({ name }) => actions.map((action) => `${name}:${action}`))];
  const { rules } = form.values.rateLimits;
  const path = (at: number, part: string) => `rateLimits.rules.${at}.${part}`;
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing={6} horizontalSpacing="xs" aria-label={t('limits.rules')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('limits.label')}</Table.Th>
              <Table.Th w={150}>{t('limits.audience')}</Table.Th>
              <Table.Th w={110}>{t('limits.most')}</Table.Th>
              <Table.Th w={110}>{t('limits.seconds')}</Table.Th>
              <Table.Th w={110}>
                <Text span size="sm" fw={700}>
                  {t('limits.order')}
                </Text>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rules.map((rule, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is nothing but its place in the list.
              <Table.Tr key={at}>
                <Table.Td>
                  <Autocomplete aria-label={t('limits.label')} data={labels} limit={40} {...form.getInputProps(path(at, 'label'))} />
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={t('limits.audience')}
                    allowDeselect={false}
                    data={[
                      { value: '', label: t('limits.all') },
                      { value: '@guest', label: t('limits.guest') },
                      { value: '@auth', label: t('limits.auth') },
                    ]}
                    {...form.getInputProps(path(at, 'audience'))}
                  />
                </Table.Td>
                <Table.Td>
                  <NumberInput aria-label={t('limits.most')} min={1} hideControls {...form.getInputProps(path(at, 'maxRequests'))} />
                </Table.Td>
                <Table.Td>
                  <NumberInput aria-label={t('limits.seconds')} min={1} hideControls {...form.getInputProps(path(at, 'duration'))} />
                </Table.Td>
                <Table.Td>
                  <Group gap={2} wrap="nowrap">
                    <Step
                      label={t('limits.up', { label: rule.label })}
                      disabled={at === 0}
                      onClick={() => form.reorderListItem('rateLimits.rules', { from: at, to: at - 1 })}
                      icon={ArrowUp}
                    />
                    <Step
                      label={t('limits.down', { label: rule.label })}
                      disabled={at === rules.length - 1}
                      onClick={() => form.reorderListItem('rateLimits.rules', { from: at, to: at + 1 })}
                      icon={ArrowDown}
                    />
                    <Step
                      label={t('limits.remove', { label: rule.label })}
                      onClick={() => form.removeListItem('rateLimits.rules', at)}
                      icon={Trash2}
                    />
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => form.insertListItem('rateLimits.rules', { label: '', audience: '', duration: 10, maxRequests: 100 })}
        >
          {t('limits.add')}
        </Button>
      </Group>
    </>
  );
}

function Step({ label, icon: Icon, disabled, onClick }: { label: string; icon: typeof ArrowUp; disabled?: boolean; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
