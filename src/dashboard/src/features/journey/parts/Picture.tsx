import { useElementSize } from '@mantine/hooks';
import { Globe } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { millisecondsText } from '~/ui/texts/formats';
import { toneOf } from '~/ui/texts/StatusText';
import { layoutOf, type Point, top } from '../model/geometry';
import type { Lane, Station } from '../model/stations';
import { icons } from './looks';
import looks from './looks.module.css';
import classes from './Picture.module.css';

/** What the picture is drawn from. `busiest`: id of the station that most of the time went to, when that is worth marking. */
interface PictureProps {
  stations: Station[];
  total: number;
  status: number;
  busiest?: string;
  active?: string;
  onActive: (id?: string) => void;
}

const lanes: Lane[] = ['outside', 'server', 'behind'];

/** The way of a request, drawn: from the browser into the server, behind it where the data is, and back. The list beside it tells the same in words. */
export function Picture({ stations, total, status, busiest, active, onActive }: PictureProps) {
  const { t, i18n } = useTranslation('journey');
  const { ref, width } = useElementSize();
  const layout = layoutOf(stations, Math.max(280, width));
  const { laneHeight, narrow, words, radius, lines } = layout;
  return (
    <div ref={ref} className={classes.holder}>
      {width > 0 && (
        <svg width="100%" height={layout.height} role="img" aria-label={t('picture.label')} data-tone={toneOf(status)} className={classes.picture}>
          {lanes.map((lane, index) => (
            <g key={lane}>
              <rect x={0} y={top + index * laneHeight} width="100%" height={laneHeight - 6} rx={10} className={classes.lane} data-lane={lane} />
              {!narrow && (
                <text x={16} y={lines[lane] + 4} className={classes.laneName}>
                  {t(`lanes.${lane}`)}
                </text>
              )}
            </g>
          ))}
          <path d={layout.way} className={classes.way} pathLength={1} />
          {stations.map((station, index) => (
            <path key={station.id} d={layout.legs[index]} className={classes.leg} data-active={active === station.id || undefined} />
          ))}
          <circle r={5} className={classes.traveller} style={{ offsetPath: `path("${layout.way}")` }} />
          <Stop radius={radius} at={layout.start} className={classes.person} Icon={Globe} words={words ? [t('picture.start'), ''] : undefined} />
          {stations.map((station, index) => {
            const at = layout.places[index];
            return (
              at && (
                // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only lights up its line in the list, which tells everything
                <g key={station.id} onMouseEnter={() => onActive(station.id)} onMouseLeave={() => onActive(undefined)}>
                  <Stop
                    radius={radius}
                    at={at}
                    className={looks[station.kind] ?? ''}
                    Icon={icons[station.kind]}
                    busiest={busiest === station.id}
                    active={active === station.id}
                    count={station.steps.length + station.more}
                    words={words ? [t(`short.${station.kind}`), millisecondsText(station.took, i18n.language)] : undefined}
                  />
                </g>
              )
            );
          })}
          <Stop
            radius={radius}
            at={layout.end}
            className={classes.result}
            Icon={Globe}
            words={words ? [String(status), millisecondsText(total, i18n.language)] : undefined}
          />
        </svg>
      )}
    </div>
  );
}

interface StopProps {
  at: Point;
  radius: number;
  className?: string;
  Icon: (typeof icons)[keyof typeof icons];
  busiest?: boolean;
  active?: boolean;
  /** How many steps of the kind follow each other here. */
  count?: number;
  words?: [string, string];
}

function Stop({ at, radius, className = '', Icon, busiest, active, count = 1, words }: StopProps) {
  const size = radius * 0.95;
  return (
    <g className={`${classes.stop} ${className}`} data-busiest={busiest || undefined} data-active={active || undefined}>
      {busiest && <circle cx={at.x} cy={at.y} r={radius + 7} className={classes.halo} />}
      <circle cx={at.x} cy={at.y} r={radius} className={classes.disc} />
      <Icon x={at.x - size / 2} y={at.y - size / 2} width={size} height={size} aria-hidden />
      {count > 1 && (
        <>
          <circle cx={at.x + radius * 0.8} cy={at.y - radius * 0.8} r={radius / 2} className={classes.badge} />
          <text x={at.x + radius * 0.8} y={at.y - radius * 0.8 + 4} className={classes.count}>
            {count}
          </text>
        </>
      )}
      {words && (
        <>
          <text x={at.x} y={at.y + 34} className={classes.name}>
            {words[0]}
          </text>
          <text x={at.x} y={at.y + 49} className={classes.took}>
            {words[1]}
          </text>
        </>
      )}
    </g>
  );
}
