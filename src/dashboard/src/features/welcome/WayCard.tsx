import { Paper, Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { Link } from 'react-router';
import classes from './Welcome.module.css';

/** One way to begin, as a card that is a link as a whole. */
export function WayCard({ to, icon: Icon, title, text }: { to: string; icon: LucideIcon; title: string; text: string }) {
  return (
    <Paper component={Link} to={to} withBorder p="lg" className={classes.way}>
      <Icon size={28} strokeWidth={1.6} className={classes.icon} aria-hidden />
      <Text fw={600} mt="sm">
        {title}
      </Text>
      <Text size="sm" c="dimmed" mt={4}>
        {text}
      </Text>
    </Paper>
  );
}
