import { notifications } from '@mantine/notifications';
import { problemOf } from '~/api/errors';

/** Does something and says that it is done, or why not. True when it is done. */
export async function tell(work: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await work();
    notifications.show({ message: done, color: 'green', autoClose: 3500 });
    return true;
  } catch (error) {
    const problem = problemOf(error);
    const [detail] = Object.values(problem.fields);
    notifications.show({ message: detail ? `${problem.message} ${detail}` : problem.message, color: 'red', autoClose: 8000 });
    return false;
  }
}
