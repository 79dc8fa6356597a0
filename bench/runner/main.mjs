// ./bench.sh: compares Hearth with the floors (and peers), or grows the data, breaks it on purpose, lets many sign in, or looks inside.
import { backups } from './backups.mjs';
import { compare } from './compare.mjs';
import { dashboard } from './dashboard.mjs';
import { files } from './files.mjs';
import { grow } from './growth.mjs';
import { live } from './live.mjs';
import { nodes } from './nodes.mjs';
import { readOptions, usage } from './options.mjs';
import { others } from './others.mjs';
import { pictures } from './pictures.mjs';
import { profile } from './profile.mjs';
import { signIns } from './signins.mjs';
import { soak } from './soak.mjs';

const options = readOptions(process.argv.slice(2));
if (!options) {
  console.error(usage);
  process.exit(2);
}
try {
  await { backups, compare, dashboard, growth: grow, nodes, files, pictures, signins: signIns, others, live, soak, profile }[options.mode](options);
} catch (problem) {
  console.error(`\nbench: ${problem.stack}`);
  process.exit(1);
}
process.exit(0);
