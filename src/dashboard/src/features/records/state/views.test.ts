import { describe, expect, it, vi } from 'vitest';
import { readAddress } from './address';

vi.mock('~/api/client', () => ({ pb: {} }));
const { viewAddress, viewText } = await import('./views');
type View = Parameters<typeof viewAddress>[0];

describe('a saved view', () => {
  it('keeps what narrows and arranges, not the page and not the open record', () => {
    const address = readAddress(new URLSearchParams('q=a&filter=b%3D1&sort=-c&cols=c,b&per=50&page=7&record=r&view=v'));
    const opened = viewAddress({ id: 'w', name: 'mine', query: { address: viewText(address) } } as View);
    expect(opened).toEqual({ ...address, page: 1, record: null, view: 'w' });
  });

  it('opens as usual when its text is gone', () => expect(viewAddress({ id: 'w', name: 'mine', query: {} } as View).filter).toBe(''));
});
