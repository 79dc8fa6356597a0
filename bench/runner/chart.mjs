// A bar chart as SVG, readable on light and on dark pages.
import { median, rate } from './text.mjs';
import { works } from './work.mjs';

const width = 860, left = 250, right = 130, bar = 14, gap = 4, groupGap = 22;
const colours = {
  hearth: '#e8590c', empty: '#868e96', hard: '#1c7ed6', hand: '#2f9e44', handNormal: '#74b816', directus: '#7048e8', parse: '#1098ad', postgraphile: '#d6336c', npgsql: '#1c7ed6',
};

/** Requests a second with 64 connections, a group of bars for each work; the bars of one group share one scale. */
export function chart({ results, contenders, date, machine }) {
  const parts = [];
  let y = 56;
  for (const work of works) {
    const group = results.filter(r => r.work === work.key && r.connections === 64)
      .map(r => ({ contender: contenders.find(c => c.key === r.contender), value: median(r.rounds.map(s => s.perSecond)) }));
    if (group.length === 0) continue;
    const most = Math.max(...group.map(g => g.value));
    parts.push(`<text class="head" x="16" y="${y}">${escape(work.title)}</text>`);
    y += 10;
    for (const { contender, value } of group) {
      const length = Math.max(1, (width - left - right) * value / most);
      parts.push(
        `<text class="name" x="${left - 8}" y="${y + bar - 3}">${escape(contender.title)}</text>`,
        `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar}" rx="2" fill="${colours[contender.key] ?? '#868e96'}"/>`,
        `<text class="value" x="${(left + length + 6).toFixed(1)}" y="${y + bar - 3}">${rate(value)}/s</text>`);
      y += bar + gap;
    }
    y += groupGap;
  }
  const title = `Requests a second, 64 connections, ${date.slice(0, 10)}, ${machine.cores} cores ${machine.processor}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escape(title)}">
<style>
  text { font: 12px system-ui, sans-serif; fill: #343a40; }
  .title { font-size: 14px; font-weight: 600; }
  .head { font-weight: 600; }
  .name { text-anchor: end; }
  @media (prefers-color-scheme: dark) { text { fill: #dee2e6; } }
</style>
<text class="title" x="16" y="24">${escape(title)}</text>
${parts.join('\n')}
</svg>
`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
