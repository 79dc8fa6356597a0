import { describe, expect, it } from 'vitest';
import { fromInput, toInput } from './dates';

describe('dates with a zone', () => {
  it('shows and reads UTC as it is stored', () => {
    expect(toInput('2026-11-22 10:00:00.000Z', 'utc')).toBe('2026-11-22 10:00:00');
    expect(fromInput('2026-11-22 10:00:00', 'utc')).toBe('2026-11-22 10:00:00.000Z');
  });

  it('comes back to the same instant from the zone of the viewer', () => {
    const stored = '2026-07-01 22:30:15.000Z';
    expect(fromInput(toInput(stored, 'local'), 'local')).toBe(stored);
  });

  it('knows no date and nonsense', () => {
    expect(toInput('', 'utc')).toBeNull();
    expect(toInput('nonsense', 'local')).toBeNull();
    expect(fromInput(null, 'utc')).toBe('');
    expect(fromInput('nonsense', 'utc')).toBe('');
  });
});
