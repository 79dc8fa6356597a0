import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { AccountName } from '~/api/accounts';

/** An account by its name and collection, with a link to it; by its id when it is gone. */
export function AccountText({ id, collection, names }: { id: string; collection: string; names: Map<string, AccountName> | undefined }) {
  const known = names?.get(`${collection}/${id}`);
  return (
    <>
      {known ? (
        <Anchor component={Link} to={`/collections/${encodeURIComponent(known.collection)}/records/${id}`} size="sm" dir="auto">
          {known.name}
        </Anchor>
      ) : (
        <Text span size="sm" ff="monospace">
          {id}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {known?.collection ?? collection}
      </Text>
    </>
  );
}
