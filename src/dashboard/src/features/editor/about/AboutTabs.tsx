import { Tabs } from '@mantine/core';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { Account } from './Account';
import { ApiPreview } from './ApiPreview';
import { History } from './History';

/** What there is to know about a record besides its fields. */
export function AboutTabs({ collection, record, tag }: { collection: CollectionModel; record: RecordModel; tag: string }) {
  return (
    <>
      {collection.type === 'auth' && (
        <>
          <Tabs.Panel value="account">
            <Account collection={collection} record={record} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History collection={collection} record={record} />
          </Tabs.Panel>
        </>
      )}
      <Tabs.Panel value="api">
        <ApiPreview collection={collection} record={record} tag={tag} />
      </Tabs.Panel>
    </>
  );
}
