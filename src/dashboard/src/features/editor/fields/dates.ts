/** Where a date is entered: in the viewer's zone or in UTC. */
export type Zone = 'local' | 'utc';

const two = (part: number, width = 2) => String(part).padStart(width, '0');

/** A date of the API (`2026-11-22 10:00:00.000Z`) as the picker takes it: without zone, in the zone asked for. */
export function toInput(value: string, zone: Zone): string | null {
  const instant = value ? new Date(value.replace(' ', 'T')) : null;
  if (!instant || Number.isNaN(instant.getTime())) return null;
  if (zone === 'utc') return instant.toISOString().slice(0, 19).replace('T', ' ');
  const day = `${two(instant.getFullYear(), 4)}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${day} ${two(instant.getHours())}:${two(instant.getMinutes())}:${two(instant.getSeconds())}`;
}

/** What the picker gave, as a date of the API; '' for none. */
export function fromInput(input: string | Date | null, zone: Zone): string {
  if (!input) return '';
  const text = typeof input === 'string' ? input.replace(' ', 'T') : (toInput(input.toISOString(), 'local') ?? '').replace(' ', 'T');
  const whole = text.length === 10 ? `${text}T00:00:00` : text;
  const instant = new Date(zone === 'utc' ? `${whole}Z` : whole);
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString().replace('T', ' ');
}
