/** A date of the API as the value of an input of the viewer's zone, such as `2026-11-22T11:00:00`; empty when there is none. */
export function toLocal(date: string): string {
  const instant = new Date(date.replace(' ', 'T'));
  if (!date || Number.isNaN(instant.getTime())) return '';
  const two = (one: number) => String(one).padStart(2, '0');
  const day = `${String(instant.getFullYear()).padStart(4, '0')}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${day}T${two(instant.getHours())}:${two(instant.getMinutes())}:${two(instant.getSeconds())}`;
}

/** What such an input says as a date of the API, in UTC; empty when it says nothing. */
export function fromLocal(local: string): string {
  const instant = new Date(local);
  return local && !Number.isNaN(instant.getTime()) ? instant.toISOString().replace('T', ' ') : '';
}
