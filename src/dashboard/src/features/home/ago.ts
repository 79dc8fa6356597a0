const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago an instant of the API was, for a person: `3 hours ago`, `vor 3 Stunden`. */
export function agoText(value: string, language: string, now = Date.now()): string {
  const seconds = (now - new Date(value.replace(' ', 'T')).getTime()) / 1000;
  const [unit, size] = steps.find(([, length]) => seconds >= length) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(Math.max(0, seconds) / size), unit);
}
