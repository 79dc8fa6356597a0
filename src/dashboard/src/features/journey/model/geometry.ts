import type { Lane, Station } from './stations';

/** A place in the picture, in its own units (pixels). */
export interface Point {
  x: number;
  y: number;
}

/** The picture laid out: a place for the start, each station, and the end, and the way between them. */
export interface Layout {
  height: number;
  laneHeight: number;
  /** There is room for words at the lanes, and at the stations. */
  narrow: boolean;
  words: boolean;
  /** Of a station's disc. */
  radius: number;
  /** The middle line of each lane. */
  lines: Record<Lane, number>;
  start: Point;
  end: Point;
  places: Point[];
  /** The whole way as an SVG path. */
  way: string;
  /** The way to each station from the one before; the last leads to the end. */
  legs: string[];
}

/** Height of a lane with words in it, and without. */
const laneHeights = { words: 100, bare: 62 };

/** Least room between two stations that have words. */
const wordsNeed = 68;

/** Room above the first lane. */
export const top = 6;

const order: Lane[] = ['outside', 'server', 'behind'];

/** Lays the stations out from left to right within a width, the first lane above. */
export function layoutOf(stations: Station[], width: number): Layout {
  const narrow = width < 560;
  const [left, right] = narrow ? [24, width - 24] : [124, width - 48];
  const lanes: Lane[] = ['outside', ...stations.map(({ lane }) => lane), 'outside'];
  const gap = (right - left) / (lanes.length - 1);
  const words = !narrow && gap > wordsNeed;
  const laneHeight = words ? laneHeights.words : laneHeights.bare;
  const line = (lane: Lane) => top + order.indexOf(lane) * laneHeight + (words ? 38 : 28);
  const lines = { outside: line('outside'), server: line('server'), behind: line('behind') };
  const points = lanes.map((lane, index) => ({ x: left + index * gap, y: lines[lane] }));
  const legs = points.slice(1).map((to, index) => leg(points[index] as Point, to, index === 0));
  const start = points[0] as Point;
  return {
    height: top * 2 + order.length * laneHeight - 6,
    laneHeight,
    narrow,
    words,
    radius: Math.max(11, Math.min(18, gap * 0.46)),
    lines,
    start,
    end: points.at(-1) as Point,
    places: points.slice(1, -1),
    way: `M${start.x} ${start.y}${legs.join('')}`,
    legs: legs.map((curve, index) => `M${points[index]?.x} ${points[index]?.y}${curve}`),
  };
}

/** A calm curve: it leaves and arrives level, so that the way has no corner at a station. */
function leg(from: Point, to: Point, first: boolean): string {
  if (from.y === to.y) return `L${to.x} ${to.y}`;
  const half = (to.x - from.x) * (first ? 0.6 : 0.5);
  return `C${from.x + half} ${from.y} ${to.x - half} ${to.y} ${to.x} ${to.y}`;
}
