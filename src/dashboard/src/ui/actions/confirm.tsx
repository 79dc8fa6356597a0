import { Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { words } from '~/i18n';

/** What is asked before something is done that cannot be undone. */
export interface Question {
  title: string;
  /** What happens, and what would be lost. */
  text: ReactNode;
  /** The button that does it, such as "Delete 3 records". */
  action: string;
  /** When given, it must be typed first, such as the name of a collection. */
  type?: string;
}

/** Asks before something destructive; true when it is to be done. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    let typed = '';
    modals.openConfirmModal({
      title: question.title,
      children: (
        <>
          <Text size="sm" component="div">
            {question.text}
          </Text>
          {question.type && (
            <TextInput
              mt="md"
              label={words.t('confirm.type', { ns: 'common', name: question.type })}
              data-autofocus
              onChange={(event) => {
                typed = event.currentTarget.value;
              }}
            />
          )}
        </>
      ),
      labels: { confirm: question.action, cancel: words.t('actions.cancel', { ns: 'common' }) },
      confirmProps: { color: 'red' },
      zIndex: 1001, // also over the sign-in that stands above an open page
      closeOnConfirm: false,
      onConfirm: () => {
        if (question.type && typed !== question.type) return;
        resolve(true);
        modals.closeAll();
      },
      onClose: () => resolve(false),
    });
  });
}
