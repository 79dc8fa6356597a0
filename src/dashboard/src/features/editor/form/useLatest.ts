import type { CollectionModel } from 'pocketbase';
import { useEffect, useRef, useState } from 'react';
import { pb } from '~/api/client';

/** Listens to what others do to an open record: reads it anew when it changes or when the connection came back. True once it was deleted. */
export function useLatest(collection: CollectionModel, id: string | null, read: () => unknown): boolean {
  const [gone, setGone] = useState(false);
  const reading = useRef(read);
  reading.current = read;
  useEffect(() => {
    setGone(false);
    // Views tell nothing.
    if (!id || collection.type === 'view') return;
    let ended = false;
    let greeted = pb.realtime.isConnected;
    const ends: (() => void)[] = [];
    const listen = async (subscribing: Promise<() => void>) => {
      // Without a connection the form works all the same; the tag keeps others' changes safe.
      const end = await subscribing.catch(() => null);
      if (!end) return;
      if (ended) end();
      else ends.push(end);
    };
    listen(pb.collection(collection.name).subscribe(id, ({ action }) => (action === 'delete' ? setGone(true) : reading.current())));
    listen(
      pb.realtime.subscribe('PB_CONNECT', () => {
        if (greeted) reading.current();
        greeted = true;
      }),
    );
    return () => {
      ended = true;
      for (const end of ends) end();
    };
  }, [collection.name, collection.type, id]);
  return gone;
}
