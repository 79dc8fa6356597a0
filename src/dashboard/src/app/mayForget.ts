import { keptDrafts } from '~/api/kept';
import { words } from '~/i18n';
import { confirm } from '~/ui/confirm';

/** Asks before signing out where something typed would be lost with it; true when it may go. */
export async function mayForget(): Promise<boolean> {
  const count = await keptDrafts();
  if (count === 0) return true;
  const t = (key: 'title' | 'text' | 'action') => words.t(`account.drafts.${key}`, { ns: 'common', count });
  return confirm({ title: t('title'), text: t('text'), action: t('action') });
}
