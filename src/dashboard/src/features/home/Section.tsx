import { Anchor, Group, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** One of the parts of the overview, with the ways to more. */
export function Section({ title, links, children }: { title: string; links: { to: string; label: string }[]; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Stack gap="md" h="100%">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Stack gap="sm" flex={1}>
          {children}
        </Stack>
        <Group gap="lg">
          {links.map(({ to, label }) => (
            <Anchor key={to} component={Link} to={to} size="sm">
              {label}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Paper>
  );
}
