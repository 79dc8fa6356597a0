import '@xyflow/react/dist/base.css';
import { useElementSize } from '@mantine/hooks';
import { ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview, PartState } from '~/api/overview';
import { BoxNode, type BoxNodeType } from './BoxNode';
import classes from './map.module.css';
import { type BoxName, boxes, sidesOf, ways } from './plan';
import { WayEdge, type WayEdgeType } from './WayEdge';

const nodeTypes = { box: BoxNode };
const edgeTypes = { way: WayEdge };
const size = { width: 164, height: 88 };
const step = { wide: [220, 134], narrow: [186, 112] } as const;
const margin = 12;
const turn = 720;

/** The back end drawn: boxes, and what goes between them now. */
export function Picture({ overview }: { overview: Overview }) {
  const { t } = useTranslation('map');
  const { ref, width } = useElementSize();
  const shape = width < turn ? 'narrow' : 'wide';
  const { nodes, edges } = useMemo(() => draw(overview, shape), [overview, shape]);

  const rows = Math.max(...boxes.map((box) => box[shape][1]));
  const columns = Math.max(...boxes.map((box) => box[shape][0]));
  const [stepX, stepY] = step[shape];
  const whole = columns * stepX + size.width;
  const zoom = Math.min(1.15, width / (whole + 2 * margin));
  const height = Math.round((rows * stepY + size.height + 2 * margin) * zoom);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture made of links is no set of form fields
    <div ref={ref} className={classes.picture} style={{ height }} role="group" aria-label={t('picture')}>
      {width > 0 && (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          viewport={{ x: (width - whole * zoom) / 2, y: margin * zoom, zoom }}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnDrag={false}
          zoomOnScroll={false}
          zoomOnPinch={false}
          zoomOnDoubleClick={false}
          preventScrolling={false}
        />
      )}
    </div>
  );
}

function draw(overview: Overview, shape: 'wide' | 'narrow'): { nodes: BoxNodeType[]; edges: WayEdgeType[] } {
  const [stepX, stepY] = step[shape];
  const partOf = (name: BoxName) => overview.parts.find((part) => part.name === (name === 'apps' ? 'server' : name));
  const stateOf = (name: BoxName): PartState => partOf(name)?.state ?? 'idle';
  const nodes = boxes.map((box): BoxNodeType => {
    const part = partOf(box.name);
    const quiet: PartState = overview.requests.count > 0 ? 'well' : 'idle';
    return {
      id: box.name,
      type: 'box',
      position: { x: box[shape][0] * stepX, y: box[shape][1] * stepY },
      width: size.width,
      height: size.height,
      data: {
        box,
        part: box.name === 'apps' ? undefined : part,
        calls: box.name === 'apps' ? overview.requests.count : (part?.calls ?? 0),
        state: box.name === 'apps' ? quiet : stateOf(box.name),
      },
    };
  });
  const placeOf = (name: BoxName) => boxes.find((box) => box.name === name)?.[shape] ?? [0, 0];
  const edges = ways
    .filter((way) => shape === 'wide' || !way.wideOnly)
    .map((way): WayEdgeType => {
      const [from, to] = sidesOf(placeOf(way.from), placeOf(way.to));
      return {
        id: `${way.from}-${way.to}`,
        type: 'way',
        source: way.from,
        target: way.to,
        sourceHandle: `from-${from}`,
        targetHandle: `to-${to}`,
        data: { calls: way.to === 'backups' ? 0 : (partOf(way.of)?.calls ?? 0), state: stateOf(way.of) },
      };
    });
  return { nodes, edges };
}
