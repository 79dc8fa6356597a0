import type { CollectionModel } from 'pocketbase';
import { useEffect, useState } from 'react';
import { pb } from '~/api/client';

interface Account {
  collectionId: string;
  id: string;
}

/** Who else has this record open, by name: the channel of a record knows who listens to it. */
export function useOthers(collection: CollectionModel, id: string | undefined): string[] {
  const [others, setOthers] = useState<string[]>([]);
  useEffect(() => {
    setOthers([]);
    if (!id || collection.type === 'view') return;
    let ended = false;
    let end: (() => void) | undefined;
    const show = async ({ present }: { present?: Account[] }) => {
      if (!present) return;
      const names = await Promise.all(present.filter((one) => one.id !== pb.authStore.record?.id).map(nameOf));
      if (!ended) setOthers(names);
    };
    pb.realtime
      .subscribe(`@channel/${collection.name}/${id}`, show)
      .then((unsubscribe) => {
        if (ended) unsubscribe();
        else end = unsubscribe;
      })
      // Nobody is shown then; the tag of the record keeps changes safe all the same.
      .catch(() => {});
    return () => {
      ended = true;
      end?.();
    };
  }, [collection.name, collection.type, id]);
  return others;
}

const nameOf = async ({ collectionId, id }: Account): Promise<string> => {
  const record = await pb
    .collection(collectionId)
    .getOne(id)
    .catch(() => null);
  return String(record?.name || record?.email || id);
};
