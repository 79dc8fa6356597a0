import { Box, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a tab: what it is, one line about it, and what stands in it. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <Box component="section">
      <Title order={3} size="h5" mb={hint ? 2 : 'xs'}>
        {title}
      </Title>
      {hint && (
        <Text size="sm" c="dimmed" mb="xs">
          {hint}
        </Text>
      )}
      {children}
    </Box>
  );
}
