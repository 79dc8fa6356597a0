// Where the time of one kind of work goes inside Hearth: samples of all its threads, with the names of compiled methods. Needs Debian's linux-perf.
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { allocatedPerRequest, allocatedTypes } from './allocations.mjs';
import { Hearth } from './contenders/hearth.mjs';
import { Postgres } from './contenders/postgres.mjs';
import { DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { say, table } from './text.mjs';
import { requestsFor, works } from './work.mjs';
import { load, writeRequests } from './wrk.mjs';

const sampleSeconds = 10, frequency = 999;
// ReadyToRun code has no names in the map, so everything is compiled here; it gets as warm as ever before the samples are taken.
const environment = { DOTNET_PerfMapEnabled: '1', DOTNET_ReadyToRun: '0', DOTNET_EnableWriteXorExecute: '0' };

export async function profile(options) {
  const folder = await workFolder('profile');
  const data = new DataSet(options.size);
  const postgres = options.postgres ? await Postgres.start() : undefined;
  if (postgres) await postgres.sql('postgres', 'CREATE DATABASE hearth');
  const hearth = new Hearth(join(folder, 'hearth'), postgres?.connection('hearth'));
  await hearth.prepare(data, data.writeFiles(join(folder, 'rows')));
  if (postgres) await postgres.sql('hearth', 'VACUUM ANALYZE');
  for (const work of works.filter(work => !options.only || options.only.includes(work.key))) {
    const server = await hearth.start(environment);
    try {
      const file = join(folder, `${work.key}.requests`);
      writeRequests(file, requestsFor(work, data).map(request => hearth.encode(request)));
      await load(server.url, file, 64, 4 * options.warmSeconds);
      const samples = join(folder, 'samples');
      const loading = load(server.url, file, 64, sampleSeconds + 1);
      await promisify(execFile)('perf', ['record', '-q', '-F', String(frequency), '-g', '-p', String(server.pid), '-o', samples, '--', 'sleep', String(sampleSeconds)]);
      const { perSecond } = await loading;
      const script = await promisify(execFile)('perf', ['script', '-i', samples, '-F', 'comm,ip,sym,dso'], { maxBuffer: 1 << 30 });
      report(work, perSecond, script.stdout);
      await reportAllocations(server, file);
    } finally {
      await server.stop();
    }
  }
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}

function report(work, perSecond, script) {
  const threads = new Map(), places = new Map(), owners = new Map(), functions = new Map();
  let total = 0;
  for (const block of script.split('\n\n')) {
    const [head, ...lines] = block.trim().split('\n');
    if (lines.length === 0) continue;
    const frames = lines.map(readFrame);
    total++;
    add(threads, head.trim().replace(/\s+\d.*$/, ''));
    add(places, placeOf(frames));
    add(functions, functionOf(frames[0]));
    add(owners, ownerOf(frames));
  }
  const cpuMicros = total / frequency / sampleSeconds / perSecond * 1e6;
  const rows = counts => [...counts].sort((a, b) => b[1] - a[1]).slice(0, 45)
    .map(([name, count]) => [name, (100 * count / total).toFixed(1), (cpuMicros * count / total).toFixed(2)]).filter(row => row[1] >= 0.4);
  console.log(`\n# ${work.title}: ${Math.round(perSecond)} requests/s while sampled, ${cpuMicros.toFixed(1)} µs of processor time a request\n`);
  for (const [title, counts] of [['Thread', threads], ['Where the processor was', places], ['On behalf of (innermost method of Hearth or the web server)', owners], ['Innermost function', functions]]) {
    console.log(table([title, '%', 'µs a request'], rows(counts)) + '\n');
  }
  say(`${work.key}: ${total} samples`);
}

async function reportAllocations(server, file) {
  const bytes = await allocatedPerRequest(server, file);
  const rows = (await allocatedTypes(server, file)).filter(([percent]) => percent >= 0.5).map(([percent, type]) => [type, percent, Math.round(bytes * percent / 100).toString()]);
  console.log(`${Math.round(bytes)} bytes allocated a request\n\n${table(['Allocated type', '%', 'bytes a request'], rows)}\n`);
}

function readFrame(line) {
  const match = /^\s*[0-9a-f]+ (.*) \(([^()]*(?:\([^()]*\))?[^()]*)\)$/.exec(line);
  return match ? { symbol: match[1], library: match[2].split('/').at(-1) } : { symbol: line.trim(), library: '' };
}

function placeOf(frames) {
  const { symbol, library } = frames[0];
  if (isKernel(library)) {
    const call = frames.find(frame => frame.symbol.startsWith('__x64_sys_'))?.symbol.slice('__x64_sys_'.length);
    return call ? `kernel: ${call}` : 'kernel: scheduling, interrupts, faults';
  }
  if (/\.so/.test(library)) return library.replace(/\.so.*/, '');
  return assemblyOf(symbol) ? `managed: ${assemblyOf(symbol)}` : 'other';
}

/** Native libraries are built without frame pointers, so that the way from them to a method is lost; what is known is said instead. */
function ownerOf(frames) {
  for (const { symbol } of frames) {
    const match = /\[(Hearth\.Server|Microsoft\.AspNetCore[\w.]*)\] ([\w.+<>`|$-]+)(?:\[.*?\])?::([\w.<>|$-]+)/.exec(symbol);
    if (!match) continue;
    const type = match[2].split('.').slice(-2).join('.').replace(/\+?<(\w+)>d__\d+$/, '.$1');
    return /d__\d+$/.test(match[2]) ? type : `${type}.${match[3]}`;
  }
  return `(${placeOf(frames)})`;
}

function functionOf({ symbol, library }) {
  if (/\.so/.test(library) || isKernel(library)) return `${isKernel(library) ? 'kernel' : library.replace(/\.so.*/, '')}: ${/^0x|^\[/.test(symbol) ? '?' : symbol}`;
  const match = /\[([\w.]+)\] ([^\[\]]*)::([^(\[]+)/.exec(symbol);
  return match ? `${match[2].split('.').slice(-1)}.${match[3]}` : symbol.slice(0, 60);
}

const isKernel = library => /kernel|kallsyms/.test(library);

// A line of the map is: return type [Assembly] Namespace.Type::Method(parameters)[Tier]
function assemblyOf(symbol) {
  return /\[([\w.]+)\] [^\[\]]*::/.exec(symbol)?.[1];
}

function add(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
