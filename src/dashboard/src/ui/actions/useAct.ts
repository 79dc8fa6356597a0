import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf } from '~/api/errors';
import { words } from '~/i18n';

/** What is done on a button, and what becomes of it. */
export interface Act<Given, Result> {
  do: (given: Given) => Promise<Result>;
  /** Said when it worked; nothing is said without it. */
  done?: string | ((result: Result, given: Given) => string);
  /** What has to be read again afterwards. */
  refresh?: QueryKey[];
  /** The page itself shows why it did not work. */
  quiet?: boolean;
  /** Called when it worked. */
  finished?: (result: Result, given: Given) => void;
}

/** Does something on the server: says that it worked, or why it did not. */
export function useAct<Given = void, Result = unknown>({ do: run, done, refresh = [], quiet = false, finished }: Act<Given, Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (result, given) => {
      if (done) notifications.show({ message: typeof done === 'string' ? done : done(result, given), color: 'green' });
      finished?.(result, given);
    },
    onError: (error) => quiet || showProblem(error),
    onSettled: () => Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Shows what went wrong in a corner of the page. Messages at fields are added, as there is no field to stand at. */
export function showProblem(error: unknown): void {
  const { message, offline, fields } = problemOf(error);
  const more = Object.entries(fields).map(([field, text]) => `${field}: ${text}`);
  notifications.show({
    title: words.t(offline ? 'states.offline' : 'states.failed', { ns: 'common' }),
    message: [offline ? words.t('states.offlineHint', { ns: 'common' }) : message, ...more].join(' '),
    color: 'red',
    autoClose: 10_000,
  });
}
