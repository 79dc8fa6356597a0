import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Blocks, Copy, Download, Ellipsis, Eraser, Settings2, Table2, Trash2 } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pb } from '~/api/client';
import { useSchemaHidden } from '~/api/settings';
import { confirm } from '~/ui/actions/confirm';
import { saveFile } from '~/ui/actions/saveFile';
import { showProblem, useAct } from '~/ui/actions/useAct';
import { PlanDialog } from '../edit/PlanDialog';
import { type Plan, planOfRemoval } from '../model/plan';
import { exported } from './transfer';

/** What can be done with a collection as a whole. */
export function CollectionMenu({ collection, onGone }: { collection: CollectionModel; onGone?: () => void }) {
  const hidden = useSchemaHidden();
  const { t } = useTranslation(['collections', 'common']);
  const client = useQueryClient();
  const [plan, setPlan] = useState<Plan>();
  const { id, name, type, system } = collection;

  const truncating = useAct({
    do: () => pb.collections.truncate(id),
    done: t('truncate.done', { name }),
    refresh: [['records'], ['collections', 'count']],
  });
  const planning = useMutation({ mutationFn: () => planOfRemoval(id), onSuccess: setPlan, onError: showProblem });
  const removing = useAct({
    do: () => pb.collections.delete(id),
    done: t('remove.done', { name }),
    finished: async () => {
      setPlan(undefined);
      onGone?.();
      // Not what hangs on it: the number of its records can no longer be asked for.
      await client.invalidateQueries({ queryKey: ['collections'], exact: true });
    },
  });

  const truncate = async () => {
    const count =
      (
        await pb
          .collection(name)
          .getList(1, 1, { fields: 'id' })
          .catch(() => undefined)
      )?.totalItems ?? 0;
    const question = { title: t('truncate.title', { name }), text: t('truncate.text', { count, name }), action: t('truncate.action'), type: name };
    if (await confirm(question)) truncating.mutate();
  };

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('more', { name })}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/collections/${name}`} leftSection={<Table2 size={15} aria-hidden />}>
            {t('records')}
          </Menu.Item>
          {!hidden && (
            <Menu.Item component={Link} to={`/collections/${name}/edit`} leftSection={<Settings2 size={15} aria-hidden />}>
              {t('definition')}
            </Menu.Item>
          )}
          <Menu.Item component={Link} to={`/collections/${name}/api`} leftSection={<Blocks size={15} aria-hidden />}>
            {t('api')}
          </Menu.Item>
          <Menu.Divider />
          {!hidden && (
            <Menu.Item component={Link} to={`/collections/new?copy=${name}`} leftSection={<Copy size={15} aria-hidden />}>
              {t('duplicate')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Download size={15} aria-hidden />} onClick={() => saveFile(`${name}.json`, exported([collection]))}>
            {t('export.one')}
          </Menu.Item>
          {!hidden && (
            <>
              <Menu.Divider />
              {type !== 'view' && (
                <Menu.Item color="red" leftSection={<Eraser size={15} aria-hidden />} onClick={truncate}>
                  {t('truncate.item')}
                </Menu.Item>
              )}
              <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} disabled={system} onClick={() => planning.mutate()}>
                {t('remove.item')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <PlanDialog
        plan={plan}
        action={t('remove.action', { name })}
        saving={removing.isPending}
        onDo={() => removing.mutate()}
        onClose={() => setPlan(undefined)}
      />
    </>
  );
}
