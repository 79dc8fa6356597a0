import { Text, Tooltip } from '@mantine/core';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Part, PartState } from '~/api/overview';
import { millisecondsText } from '~/ui/texts/formats';
import classes from './map.module.css';
import type { Box } from './plan';

/** What a box of the picture is drawn from. `state`: of the part, or of all for the apps. */
export type BoxNodeType = Node<{ box: Box; part?: Part; calls: number; state: PartState }, 'box'>;

const sides = [Position.Top, Position.Right, Position.Bottom, Position.Left];

/** One part of the back end: how it is and how much it does; opens its page. */
export function BoxNode({ data: { box, part, calls, state } }: NodeProps<BoxNodeType>) {
  const { t, i18n } = useTranslation('map');
  const Icon = box.icon;
  const minute = new Intl.NumberFormat(i18n.language, { notation: 'compact' }).format(calls);
  return (
    <Tooltip label={t(`parts.${box.name}.text`)} multiline w={260} events={{ hover: true, focus: true, touch: false }}>
      <Link to={box.to} className={`${classes.box} nodrag nopan`} data-state={state}>
        <span className={classes.boxHead}>
          <Icon size={17} aria-hidden />
          <span className={classes.boxName}>{t(`parts.${box.name}.name`)}</span>
        </span>
        <Text span size="xs" className={classes.boxState}>
          {t(`states.${state}`)}
        </Text>
        <Text span size="xs" className={classes.boxFigures}>
          {box.name === 'backups' ? t('figures.kept', { count: calls }) : t('figures.minute', { calls: minute })}
          {part?.p50 !== undefined && ` · ${millisecondsText(part.p50, i18n.language)}`}
        </Text>
        {sides.map((side) => (
          <span key={side}>
            <Handle type="source" position={side} id={`from-${side}`} isConnectable={false} className={classes.handle} />
            <Handle type="target" position={side} id={`to-${side}`} isConnectable={false} className={classes.handle} />
          </span>
        ))}
      </Link>
    </Tooltip>
  );
}
