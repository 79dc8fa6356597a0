import '@xyflow/react/dist/style.css';
import { Anchor, Text, useComputedColorScheme } from '@mantine/core';
import { Background, Controls, type Edge, Handle, MarkerType, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import type { CollectionModel } from 'pocketbase';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FieldIcon } from '~/ui/texts/FieldIcon';
import classes from './Diagram.module.css';
import { linksOf, mostFields, placesOf } from './layout';

type Box = Node<{ collection: CollectionModel }, 'collection'>;

const kinds = { collection: CollectionBox };

/** The collections as boxes with lines for the relations between them. Brings React Flow; load it lazily. */
export default function Diagram({ collections }: { collections: CollectionModel[] }) {
  const { t } = useTranslation('collections');
  const scheme = useComputedColorScheme();
  const { nodes, edges } = useMemo(() => {
    const links = linksOf(collections);
    const places = placesOf(collections, links);
    const boxes: Box[] = collections.map((collection) => ({
      id: collection.id,
      type: 'collection',
      position: places.get(collection.id) ?? { x: 0, y: 0 },
      data: { collection },
      ariaLabel: collection.name,
    }));
    const lines: Edge[] = links.map(({ from, to, field, many }) => ({
      id: `${from} ${field}`,
      source: from,
      target: to,
      label: many ? `${field} *` : field,
      markerEnd: { type: MarkerType.ArrowClosed },
    }));
    return { nodes: boxes, edges: lines };
  }, [collections]);

  return (
    <section className={classes.frame} aria-label={t('show.picture')}>
      <ReactFlow
        key={nodes.map(({ id }) => id).join()}
        defaultNodes={nodes}
        defaultEdges={edges}
        nodeTypes={kinds}
        colorMode={scheme}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        minZoom={0.2}
        nodesConnectable={false}
        deleteKeyCode={null}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function CollectionBox({ data: { collection } }: NodeProps<Box>) {
  const { t } = useTranslation('collections');
  const rest = collection.fields.length - mostFields;
  return (
    <div className={classes.box}>
      <Handle type="target" position={Position.Right} isConnectable={false} className={classes.handle} />
      <Handle type="source" position={Position.Left} isConnectable={false} className={classes.handle} />
      <div className={classes.title}>
        <Anchor component={Link} to={`/collections/${collection.name}/edit`} fw={600} size="sm" c="var(--mantine-color-text)">
          {collection.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {t(`types.${collection.type as 'base'}`)}
        </Text>
      </div>
      <ul className={classes.fields}>
        {collection.fields.slice(0, mostFields).map(({ id, name, type, primaryKey }) => (
          <li key={id || name}>
            <FieldIcon type={type} primary={primaryKey === true} size={13} />
            <span>{name}</span>
          </li>
        ))}
        {rest > 0 && <li className={classes.more}>{t('moreFields', { count: rest })}</li>}
      </ul>
    </div>
  );
}
