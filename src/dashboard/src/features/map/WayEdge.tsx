import { BaseEdge, type Edge, type EdgeProps, getBezierPath } from '@xyflow/react';
import type { PartState } from '~/api/overview';
import classes from './map.module.css';
import { dotsOf } from './plan';

/** What a way of the picture is drawn from. */
export type WayEdgeType = Edge<{ calls: number; state: PartState }, 'way'>;

const seconds = 2.6;

/** A way between two boxes with the traffic on it as travelling dots; they rest when the viewer wants no motion. */
export function WayEdge(props: EdgeProps<WayEdgeType>) {
  const [path] = getBezierPath({ ...props, curvature: 0.3 });
  const { calls = 0, state = 'idle' } = props.data ?? {};
  const dots = dotsOf(calls, Math.hypot(props.targetX - props.sourceX, props.targetY - props.sourceY));
  return (
    <>
      <BaseEdge path={path} className={classes.way} data-state={state} data-busy={dots > 0 || undefined} />
      {Array.from({ length: dots }, (_, index) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: the dots are alike and never change places
          key={index}
          r={3.5}
          className={classes.dot}
          data-state={state}
          style={{ offsetPath: `path("${path}")`, animationDuration: `${seconds}s`, animationDelay: `${(-seconds * index) / dots}s` }}
        />
      ))}
    </>
  );
}
