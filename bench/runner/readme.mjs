// Puts the figures of a run into the README: node bench/runner/readme.mjs [RESULTS.json [README.md]]. Without a file it takes the run with
// peers, or else the full one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { circumstances, workTable } from './report.mjs';
import { targetTable } from './targets.mjs';

const begin = '<!-- how fast: begin -->', end = '<!-- how fast: end -->';
const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The text of a README with the figures of a report between its two marks.
 * @param name of the files in bench/results/, without their endings
 */
export function readmeWith(text, report, name) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the README has no ${begin} … ${end}`);
  const { options, results, contenders } = report;
  const block = [
    begin,
    `${circumstances(report)} ${options.size.toLocaleString('en-US')} posts, 64 connections, medians of ${options.rounds} alternating rounds.`,
    targetTable(report),
    'Throughput of Hearth, and its ratio to each other in the same rounds:',
    workTable(results, contenders.filter(({ key }) => key !== 'hearth'), [64]),
    `![Requests a second of Hearth and the others](bench/results/${name}.svg)`,
    `[All figures](bench/results/${name}.md)${results.some(({ connections }) => connections === 1) ? ', also with one connection' : ''}; [how they are made](bench/README.md).`,
  ].join('\n\n');
  return `${text.slice(0, from)}${block}\n${text.slice(to)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [source = ['peers', 'full'].map(name => `${root}bench/results/${name}.json`).find(existsSync), target = `${root}README.md`] = process.argv.slice(2);
  if (!source || !existsSync(source)) {
    console.error('There are no results yet: ./bench.sh --peers or ./bench.sh makes them.');
    process.exit(1);
  }
  writeFileSync(target, readmeWith(readFileSync(target, 'utf8'), JSON.parse(readFileSync(source, 'utf8')), basename(source, '.json')));
}
