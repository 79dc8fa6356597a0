// What test.sh ends with must be able to fail: times over their budgets, failures in every kind of report.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testsIn } from './read.mjs';

const path = name => fileURLToPath(new URL(name, import.meta.url));

describe('reports', () => {
  let folder;
  before(() => { folder = mkdtempSync(join(tmpdir(), 'hearth-reports-')); });
  after(() => rmSync(folder, { recursive: true }));

  const judge = (seconds, budget = 60) => {
    const [budgets, times] = [join(folder, 'budgets.txt'), join(folder, 'times')];
    writeFileSync(budgets, JSON.stringify({ parts: { one: budget, other: 10 } }));
    writeFileSync(times, `one\t${seconds}\nother\t3\n`);
    const { status, stdout } = spawnSync(process.execPath, [path('times.mjs'), budgets, times], { encoding: 'utf8' });
    return { status, line: stdout.split('\n')[0], stdout };
  };

  it('a part within its budget passes', () => {
    assert.deepEqual(judge(60), { status: 0, line: `   ${'one'.padEnd(28)}    60 s of   60`, stdout: judge(60).stdout });
    assert.match(judge(60).stdout, /together +63 s/);
  });

  it('over it, it is warned about; over twice of it, it fails', () => {
    assert.equal(judge(61).status, 0);
    assert.match(judge(61).line, /warning/);
    assert.equal(judge(120).status, 0);
    assert.equal(judge(121).status, 1);
    assert.match(judge(121).line, /FAILED/);
  });

  it('a part without a budget, or without a time, fails', () => {
    for (const budget of [undefined, 0, 'soon']) assert.equal(judge(1, budget ?? null).status, 1, String(budget));
    assert.equal(judge('').status, 0); // less than half a second
    assert.equal(judge('x').status, 1);
  });

  it('every part that test.sh times has a budget, and no budget is left over', () => {
    const { parts } = JSON.parse(readFileSync(path('../budgets.json'), 'utf8'));
    const timed = [...readFileSync(path('../../test.sh'), 'utf8').matchAll(/^(?: *|.*\|\| )timed "([^"]+)"/gm)].flatMap(([, name]) => (name.includes('$engine') ? ['sqlite', 'postgres'].map(engine => name.replace('$engine', engine)) : [name]));
    assert.deepEqual(Object.keys(parts).sort(), timed.sort());
  });

  it('finds what failed, and how long each took, in every kind of report', () => {
    writeFileSync(join(folder, 'a.trx'), `<TestRun><Results>
      <UnitTestResult executionId="1" testName="Some.Good(text: &quot;x&quot;)" duration="00:01:02.5000000" outcome="Passed" />
      <UnitTestResult executionId="2" testName="Some.Bad" duration="00:00:00.0100000" outcome="Failed"><Output><ErrorInfo><Message>it is &lt;broken&gt;</Message></ErrorInfo></Output></UnitTestResult>
      </Results></TestRun>`);
    writeFileSync(join(folder, 'c.json'), JSON.stringify({ testResults: [{ assertionResults: [{ fullName: 'view fails', status: 'failed', duration: 20, failureMessages: ['Error: no'] }, { fullName: 'view works', status: 'passed', duration: 40, failureMessages: [] }] }] }));
    const suite = join(folder, 'suite.mjs');
    writeFileSync(suite, "import { describe, it } from 'node:test';\ndescribe('all', () => {\n  it('works', () => {});\n  it('fails', () => { throw new Error('so it is'); });\n  it('later', { skip: true }, () => {});\n});\n");
    spawnSync(process.execPath, ['--test-reporter=tap', `--test-reporter-destination=${join(folder, 'b.tap')}`, suite], { env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
    const found = testsIn(folder).map(({ report, name, failed, seconds, said }) => [report, name, failed, seconds > 0, /broken|so it is|Error: no/.test(said)]);
    assert.deepEqual(found, [
      ['a', 'Some.Good(text: "x")', false, true, false], ['a', 'Some.Bad', true, true, true],
      ['b', 'works', false, true, false], ['b', 'fails', true, true, true],
      ['c', 'view fails', true, true, true], ['c', 'view works', false, true, false],
    ]);
    assert.match(execFileSync(process.execPath, [path('failures.mjs'), folder], { encoding: 'utf8' }), /failed: a: Some\.Bad\n {5}it is <broken>\n/);
    assert.match(execFileSync(process.execPath, [path('slowest.mjs'), folder, '1'], { encoding: 'utf8' }), /^ {5}62\.5 s {2}a: Some\.Good\(text: "x"\)\n$/);
  });
});
