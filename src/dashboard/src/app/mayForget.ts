import { keptDrafts } from '~/api/kept';
import { words } from '~/i18n';
import { confirm } from '~/ui/actions/confirm';

/** Whether an open page would ask before it is closed; forms tell it by the event that the browser sends then. */
const isUnsaved = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

/** Asks before signing out where something typed would be lost with it; true when it may go. */
export async function mayForget(): Promise<boolean> {
  const common = { ns: 'common' } as const;
  const count = await keptDrafts();
  if (count > 0) {
    const t = (key: 'title' | 'text' | 'action') => words.t(`account.drafts.${key}`, { ...common, count });
    return confirm({ title: t('title'), text: t('text'), action: t('action') });
  }
  if (!isUnsaved()) return true;
  return confirm({
    title: words.t('unsaved.title', common),
    text: words.t('unsaved.text', common),
    action: words.t('account.drafts.action', common),
  });
}
