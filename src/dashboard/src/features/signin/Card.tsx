import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Preferences } from '~/ui/Preferences';
import classes from './Card.module.css';

/** The frame of the pages for who is not signed in: one card in the middle. */
export function Card({ title, hint, children }: { title: string; hint?: ReactNode; children?: ReactNode }) {
  useDocumentTitle(`${title} · Hearth`);
  return (
    <Box className={classes.ground}>
      <Group className={classes.corner}>
        <Preferences />
      </Group>
      <Center component="main" mih="100vh" p="md" py={72}>
        <Paper withBorder shadow="md" radius="lg" p={{ base: 'lg', xs: 'xl' }} w="100%" maw={420}>
          <Group gap="xs" mb="lg">
            <img src="./flame.svg" width={28} height={28} alt="" />
            <Text fw={650} size="lg">
              Hearth
            </Text>
          </Group>
          <CardBody title={title} hint={hint}>
            {children}
          </CardBody>
        </Paper>
      </Center>
    </Box>
  );
}

/** Title, one line, and what there is to do. */
export function CardBody({ title, hint, children }: { title: string; hint?: ReactNode; children?: ReactNode }) {
  return (
    <Stack gap="md">
      <Box>
        <Title order={1} size="h3">
          {title}
        </Title>
        {hint && (
          <Text c="dimmed" size="sm" mt={4} component="div">
            {hint}
          </Text>
        )}
      </Box>
      {children}
    </Stack>
  );
}
