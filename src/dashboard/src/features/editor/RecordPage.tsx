import { Paper } from '@mantine/core';
import { useRef } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useCollection, useCollections } from '~/api/queries';
import { Loading } from '~/ui/States';
import { Missing } from './Missing';
import RecordEditor from './RecordEditor';

/** One record on a page of its own; its address can be sent to somebody. */
export function RecordPage() {
  const { name = '', id = 'new' } = useParams();
  const known = useCollections();
  const collection = useCollection(name);
  const navigate = useNavigate();
  const ask = useRef<() => Promise<boolean>>(async () => true);
  if (!known) return <Loading />;
  if (!collection) return <Missing what="collection" to="/collections" />;
  const grid = `/collections/${encodeURIComponent(collection.name)}`;
  return (
    <Paper withBorder maw={900} mx="auto" style={{ overflow: 'clip' }}>
      <RecordEditor
        key={id}
        collection={collection}
        id={id}
        place="page"
        ask={ask}
        onClose={() => navigate(grid)}
        onSaved={(record) => id === 'new' && navigate(`${grid}/records/${record.id}`, { replace: true })}
      />
    </Paper>
  );
}
