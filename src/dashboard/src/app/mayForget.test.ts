import { afterEach, expect, it, vi } from 'vitest';

const confirm = vi.fn(async (_: object) => false);
let drafts = 0;
vi.mock('~/ui/actions/confirm', () => ({ confirm }));
vi.mock('~/i18n', () => ({ words: { t: (key: string) => key } }));
vi.mock('~/api/kept', () => ({ keptDrafts: async () => drafts }));
const { mayForget } = await import('./mayForget');

const page = new EventTarget();
vi.stubGlobal('dispatchEvent', page.dispatchEvent.bind(page));
afterEach(() => confirm.mockClear());

it('goes without a question when nothing is lost', async () => {
  expect(await mayForget()).toBe(true);
  expect(confirm).not.toHaveBeenCalled();
});

it('asks when a form on the page is not saved', async () => {
  const ask = (event: Event) => event.preventDefault();
  page.addEventListener('beforeunload', ask);
  expect(await mayForget()).toBe(false);
  expect(confirm.mock.calls[0]?.[0]).toMatchObject({ title: 'unsaved.title' });
  page.removeEventListener('beforeunload', ask);
});

it('asks when drafts are kept', async () => {
  drafts = 2;
  expect(await mayForget()).toBe(false);
  expect(confirm.mock.calls[0]?.[0]).toMatchObject({ title: 'account.drafts.title' });
});
