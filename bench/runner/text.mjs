// What the runner prints, and the one sum that it does everywhere.

/** One line of progress, to standard error, so that standard output holds the tables only. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** The middle value; of an even number the mean of the two middle ones. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export const rate = value => value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value < 10 ? 1 : 0);
export const millis = value => value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
export const micros = value => value.toFixed(value >= 100 ? 0 : 1);
export const ratio = value => value === undefined ? '-' : value.toFixed(2);

/** A Markdown table; the first column is text, the others are numbers. Widths are padded so that it reads well as plain text too. */
export function table(head, rows) {
  const widths = head.map((cell, i) => Math.max(3, [...cell].length, ...rows.map(row => [...row[i]].length)));
  const line = row => `| ${row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join(' | ')} |`;
  return [line(head), `| ${widths.map((width, i) => i === 0 ? '-'.repeat(width) : '-'.repeat(width - 1) + ':').join(' | ')} |`, ...rows.map(line)].join('\n');
}
