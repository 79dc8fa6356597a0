import { Group, Loader, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';

/** Something that takes its time: what is going on, and for how many seconds it has. */
export function Elapsed({ text }: { text: string }) {
  const [seconds, setSeconds] = useState(0);
  useInterval(() => setSeconds((last) => last + 1), 1000, { autoInvoke: true });
  return (
    <Group gap="sm" role="status" wrap="nowrap">
      <Loader size="xs" aria-hidden />
      <Text size="sm">
        {text} <span aria-hidden>{seconds} s</span>
      </Text>
    </Group>
  );
}
