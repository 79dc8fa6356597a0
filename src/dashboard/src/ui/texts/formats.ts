/** A number of bytes for a person, in units of 1024, such as `1.4 MiB`. */
export function bytesText(bytes: number, language: string): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: unit && value < 100 ? 1 : 0 }).format(value)} ${units[unit]}`;
}

/** A duration in milliseconds for a person: `0.4 ms`, `120 ms`, `2.5 s`. */
export function millisecondsText(ms: number, language: string): string {
  const [value, unit] = ms >= 1000 ? [ms / 1000, 's'] : [ms, 'ms'];
  return `${new Intl.NumberFormat(language, { maximumSignificantDigits: value < 10 ? 2 : 3 }).format(value)} ${unit}`;
}
