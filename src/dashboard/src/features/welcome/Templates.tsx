import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { allCollections } from '~/api/queries';
import { ErrorState, Loading } from '~/ui/States';
import { type TemplateName, templateNames, templates } from './templates';
import { install } from './templates/install';
import { hindranceOf } from './templates/plan';

/** The templates, what is in each, and what stands in its way here. */
export function Templates() {
  const { t, i18n } = useTranslation('welcome');
  const navigate = useNavigate();
  const client = useQueryClient();
  const existing = useQuery(allCollections);
  const loaded = useQuery({
    queryKey: ['welcome', 'templates'],
    queryFn: () => Promise.all(templateNames.map(async (name) => ({ name, template: await templates[name]() }))),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const using = useMutation({
    mutationFn: async (name: TemplateName) => {
      const template = await templates[name]();
      await install(template, existing.data ?? []);
      return template.records[1]?.collection ?? template.collections[0]?.name;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['collections'] }),
    onSuccess: (collection) => {
      notifications.show({ message: t('template.done'), color: 'green' });
      navigate(`/collections/${collection}`);
    },
  });
  const error = existing.error ?? loaded.error;

  if (error) return <ErrorState error={error} retry={() => existing.refetch()} />;
  if (!existing.data || !loaded.data) return <Loading />;
  const list = new Intl.ListFormat(i18n.language);
  return (
    <Stack>
      {using.isError && <ErrorState error={using.error} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }} maw={860}>
        {loaded.data.map(({ name, template }) => {
          const hindrance = hindranceOf(template, existing.data);
          return (
            <Paper key={name} withBorder p="lg" component="section" aria-label={t(`template.names.${name}`)}>
              <Stack gap="xs" h="100%" justify="space-between">
                <div>
                  <Title order={2} size="h4">
                    {t(`template.names.${name}`)}
                  </Title>
                  <Text size="sm" mt={4}>
                    {t(`template.texts.${name}`)}
                  </Text>
                  <Text size="sm" c="dimmed" mt="xs">
                    {t('template.collections', { names: list.format(template.collections.map((one) => one.name)) })}
                  </Text>
                  {hindrance && (
                    <Text size="sm" c="dimmed" fs="italic" mt="xs">
                      {hindrance.taken.length > 0 ? t('template.taken', { names: list.format(hindrance.taken) }) : t('template.withoutUsers')}
                    </Text>
                  )}
                </div>
                <Button
                  mt="sm"
                  variant="default"
                  disabled={hindrance !== null || using.isPending}
                  loading={using.isPending && using.variables === name}
                  onClick={() => using.mutate(name)}
                  aria-label={`${t('template.use')}: ${t(`template.names.${name}`)}`}
                >
                  {t('template.use')}
                </Button>
              </Stack>
            </Paper>
          );
        })}
      </SimpleGrid>
    </Stack>
  );
}
