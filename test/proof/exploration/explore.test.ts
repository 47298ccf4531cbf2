import { spawnSync } from 'node:child_process';
import { beforeAll, expect, it } from 'vitest';
import { awsVariables } from '../../support/counter-command.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import type { checkExplorer } from './support/check-explorer.ts';

const database = useDatabase();

const run = (file: string, args: readonly string[] = [], env: object = {}) => {
  const options = { encoding: 'utf8', env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], options);
  return { code: status, output: stdout + stderr };
};
const explore = (...args: string[]) => run('proof/exploration/main.ts', args);

let small: ReturnType<typeof explore>;
let checks: Awaited<ReturnType<typeof checkExplorer>>;
beforeAll(() => {
  small = run('proof/exploration/main.ts', ['--small', '--replay'], awsVariables(database()));
}, 480_000);
beforeAll(() => {
  checks = JSON.parse(run('test/proof/exploration/support/check-explorer.ts').output);
}, 480_000);

it('finds only the known violations in all states of the small worlds', () => {
  const { code, output } = small;
  expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
  expect(output).toMatch(/^\| malformed-records \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).toMatch(/^\| deleted-counter \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).toMatch(/^\| two-counters \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).toMatch(/^\| retract \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).toMatch(/^\| restore \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).toMatch(/^\| leaps \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).toMatch(
    /^\| leaps-elsewhere \|.*\| until the violation \| known \| yes \| \d+ \|$/m,
  );
  expect(output).toMatch(/^\| rebuild-deletion \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).toMatch(/^\| audit-drift \|.*\| yes \| no \| yes \| \d+ \|$/m);
  expect(output).not.toContain('| no |  |');
});

it('detects broken projectors, and says what is wrong', () => {
  expect(checks.broken).toEqual({
    'no condition': expect.stringContaining('total is off by'),
    'unknown syntax': expect.stringContaining('Unknown syntax'),
    'a success for every batch': expect.stringContaining('reports success for'),
    'every second call fails': expect.stringContaining('fails without a fault'),
    'a batch remembered as done': expect.stringContaining('reports success for'),
    nothing: 'exact',
    'only the first counter of a batch': expect.stringContaining('reports success for'),
    'a removal in another counter': expect.stringContaining('matches no record of the counter'),
    'one item for two counters': expect.stringContaining('matches no record of the counter'),
  });
});

it('explores worlds with several commands', () => {
  expect(checks.beginnings).toEqual({
    'rebuild-again': 100,
    'two-rebuilds': 100,
    'twin-rebuilds': 100,
  });
});

it('checks every transition against the specification', () => {
  expect(checks.specified).toEqual({
    honest: 'specified',
    'a total too high': expect.stringContaining('the specification allows'),
    'no checkpoint': expect.stringContaining('the specification allows'),
    'a watermark': expect.stringContaining('the specification allows'),
  });
});

it('continues identically from a state, whatever history led to it', () => {
  const { projector, counters, rebuild, audit, secretive } = checks.merges;
  expect({ projector, counters, rebuild, audit }).toEqual({
    counters: { compared: expect.any(Number), different: 0 },
    projector: { compared: expect.any(Number), different: 0 },
    rebuild: { compared: expect.any(Number), different: 0 },
    audit: { compared: expect.any(Number), different: 0 },
  });
  expect(projector.compared).toBeGreaterThan(100);
  expect(counters.compared).toBeGreaterThan(100);
  expect(rebuild.compared).toBeGreaterThan(50);
  expect(secretive.different).toBeGreaterThan(0);
});

it('reaches the same outcomes with and without partial order reduction', () => {
  const { areRight, isSame, outcomes, states } = checks.reductions;
  expect({ areRight, isSame }).toEqual({ areRight: true, isSame: true });
  expect(outcomes).toBeGreaterThan(50);
  expect(states.whole).toBeGreaterThan(states.reduced);
});

it('replays a history and describes it', () => {
  const steps = 'deliver:0:0:0:2 deliver:0:0:1:2 apply:1';
  expect(explore('--play', `leaps-elsewhere ${steps}`)).toEqual({
    code: 1,
    output: [
      '   1  Container 1 receives records 1 to 2 of shard-a.',
      '   2  Container 2 receives records 2 to 2 of shard-a.',
      '   3  The request of Container 2 reaches DynamoDB.',
      'Violation: Counter: day#2026-11-23 is off by -1, month#2026-11 is off by -1, total is off by -1.',
      '',
    ].join('\n'),
  });
});

it('describes which of several requests comes first, and what each counter holds', () => {
  const steps = 'deliver:0:0:0:2:1 apply:1 crash:1 deliver:0:0:0:3:0';
  expect(explore('--play', `two-counters ${steps}`)).toEqual({
    code: 0,
    output: [
      '   1  Container 1 receives records 1 to 2 of shard-a; of its requests, number 2 comes first.',
      '   2  The request of Container 1 reaches DynamoDB: blog: @=shard-a at 1000000000000000000000, removed 0, total 1.',
      '   3  Container 1 crashes.',
      '   4  Container 2 receives records 1 to 3 of shard-a; of its requests, number 1 comes first.',
      'The counter was exact throughout.',
      '',
    ].join('\n'),
  });
});

it('reports a stopped search as incomplete', () => {
  const { code, output } = explore('--world', 'malformed-records', '--max-states', '100');
  expect(output).toMatch(/^\| malformed-records \|.*\| 100 \| [\d,]+ \| no \|/m);
  expect(code).toBe(1);
});

it('starts two commands, each on its own clock', () => {
  const { output } = explore('--world', 'two-rebuilds', '--max-states', '100');
  expect(output).toMatch(/^\| two-rebuilds \|.*\| 100 \| [\d,]+ \| no \| no \|/m);
});

it('replies as the database does to every request of the small worlds', () => {
  const { code, output } = small;
  expect(output).toMatch(/\n\d{3,} requests in session-counter-explore-\S+: 0 replies differ\.\n$/);
  expect(code).toBe(0);
});
