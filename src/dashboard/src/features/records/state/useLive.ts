import { useQueryClient } from '@tanstack/react-query';
import type { CollectionModel, ListResult, RecordModel, RecordSubscription } from 'pocketbase';
import { useEffect, useRef, useState } from 'react';
import { pb } from '~/api/client';
import { recordsKey } from './useRecords';

const shownFor = 3_000;
const pause = 1_500;
const gathering = 200;

/** What changed under the viewer's eyes: fields by the id of the record, and records that are gone. */
export interface LiveMarks {
  live: boolean;
  changed: ReadonlyMap<string, ReadonlySet<string>>;
  gone: ReadonlySet<string>;
}

/** The names of fields that differ between what stands in the grid and what came. */
export function changedFields(before: RecordModel, after: RecordModel): Set<string> {
  return new Set(Object.keys(after).filter((name) => name !== 'expand' && JSON.stringify(after[name]) !== JSON.stringify(before[name])));
}

/**
 * Follows the collection: a record on the page changes in its place, so that nothing jumps while somebody reads; others bring the page anew,
 * once in a while however many come.
 */
export function useLive(collection: CollectionModel, fields: string, expand: string, perhapsGone: (id: string) => void): LiveMarks {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  const [changed, setChanged] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const told = useRef(perhapsGone);
  told.current = perhapsGone;

  useEffect(() => {
    if (collection.type === 'view') return;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let waiting = false;
    const later = (after: number, what: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        what();
      }, after);
      timers.add(timer);
    };
    const loadAnew = () => {
      if (waiting) return;
      waiting = true;
      later(pause, () => {
        waiting = false;
        setGone(new Set());
        client.invalidateQueries({ queryKey: recordsKey(collection) });
      });
    };
    // Events are gathered for a moment, so that a thousand of them draw the page a few times and not a thousand times.
    let news = new Map<string, RecordModel>();
    const update = (record: RecordModel) => {
      if (news.size === 0) later(gathering, apply);
      news.set(record.id, record);
    };
    const apply = () => {
      const came = news;
      news = new Map();
      const marked = new Map<string, Set<string>>();
      client.setQueriesData<ListResult<RecordModel>>({ queryKey: [...recordsKey(collection), 'page'] }, (page) => {
        if (!page?.items.some(({ id }) => came.has(id))) return page;
        const items = page.items.map((one) => {
          const record = came.get(one.id);
          if (!record) return one;
          marked.set(one.id, changedFields(one, record));
          return { ...one, ...record };
        });
        return { ...page, items };
      });
      if (marked.size < came.size) loadAnew();
      if (marked.size === 0) return;
      setChanged((all) => new Map([...all, ...marked]));
      later(shownFor, () => setChanged((all) => new Map([...all].filter(([id, fields]) => marked.get(id) !== fields))));
    };
    const heard = ({ action, record }: RecordSubscription<RecordModel>) => {
      if (action === 'update') return update(record);
      if (action === 'delete') {
        setGone((all) => new Set(all).add(record.id));
        told.current(record.id);
      }
      loadAnew();
    };
    let ended = false;
    const subscription = pb.collection(collection.name).subscribe<RecordModel>('*', heard, { fields, expand });
    subscription.then(
      () => !ended && setLive(true),
      () => !ended && setLive(false),
    );
    return () => {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
      subscription.then(
        (end) => end(),
        () => undefined,
      );
    };
  }, [collection, client, fields, expand]);

  return { live, changed, gone };
}
