import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { MUTANTS, type Mutant } from './mutants.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

const HELP = `Breaks each rule of the code on purpose, and reports what detects it.

  npm run mutants -- [options]

  --rule TEXT   only the rules whose description contains this text (repeatable)
  --help        show this help

Exits 0 when every broken rule was detected, 1 otherwise.`;

const { values } = parseArgs({
  options: {
    rule: { type: 'string', multiple: true, default: [''] },
    help: { type: 'boolean', default: false },
  },
});
const chosen = MUTANTS.filter(({ rule }) => values.rule.some((text) => rule.includes(text)));

const SIMULATION = ['proof/simulation/simulate.ts', '--deliveries', '300000', '--seed', '1'];
const explorationOf = (worlds: readonly string[]): string[] => [
  ...['proof/exploration/main.ts', '--sound', '--small'],
  ...worlds.flatMap((world) => ['--world', world]),
];

// Time for all of these worlds on unbroken code and a busy machine.
const TIMEOUT_MS = 900_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const run = ({ folder }: Sandbox, args: readonly string[]) => {
  const options = {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    ...options,
    timeout: TIMEOUT_MS,
  });
  return { failed: status !== 0, output: stdout + stderr };
};

const runTests = (sandbox: Sandbox, tests: string) =>
  run(sandbox, ['node_modules/vitest/vitest.mjs', 'run', ...tests.split(' ')]);

/** What each kind of test reports for a broken rule; undefined when it does not detect it. */
interface Detections {
  readonly simulation: string | undefined;
  readonly exploration: string | undefined;
  readonly tests: string | undefined;
}

const detect = (sandbox: Sandbox, { tests, world }: Mutant): Detections => ({
  simulation: /^Seed \d+, step .*/m.exec(run(sandbox, SIMULATION).output)?.[0],
  exploration: findWrongWorld(run(sandbox, explorationOf(world ? [world] : [])).output),
  // A test file that does not even load names no test, and proves nothing.
  tests: tests && /FAIL\s+(\S+ > .*)/.exec(runTests(sandbox, tests).output)?.[1],
});

const findWrongWorld = (output: string): string | undefined => {
  const [, world, steps] = /^World (\S+): violation after (\d+) steps/m.exec(output) ?? [];
  const wrong = /^Violation: (.*)/m.exec(output)?.[1];
  const unspecified = /^World (\S+): a write is not specified/m.exec(output)?.[1];
  if (unspecified) return `${unspecified}: a write that is not specified`;
  return world && `${world}, ${steps} steps: ${wrong}`;
};

// A command that fails on unbroken code would appear to catch every mutant.
const assertSound = (sandbox: Sandbox): void => {
  const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests?.split(' ') ?? []))];
  const worlds = [...new Set(chosen.flatMap(({ world = [] }) => world))];
  const runs = [run(sandbox, SIMULATION), run(sandbox, explorationOf(worlds))];
  // Without a name, vitest would run all tests.
  if (tests.length > 0) runs.push(runTests(sandbox, tests.join(' ')));
  const failed = runs.find((result) => result.failed);
  if (failed) throw new Error(`The unbroken code fails:\n${failed.output}`);
};

const reportMutant = (sandbox: Sandbox, mutant: Mutant): boolean => {
  const found = sandbox.withMutant(mutant, () => detect(sandbox, mutant));
  const detections = Object.entries(found).filter(([, detection]) => detection);
  print(`${detections.length > 0 ? 'caught  ' : 'SURVIVED'}  ${mutant.rule}`);
  print(`          ${mutant.file}`);
  for (const [by, detection] of detections) print(`          ${by.padEnd(12)} ${detection}`);
  rows.push(
    `| ${[mutant.rule, ...Object.values(found).map((detection) => detection ?? '')].join(' | ')} |`,
  );
  return detections.length > 0;
};

const rows = ['| rule broken | simulation | exploration | tests |', '| --- | --- | --- | --- |'];

const breakRules = (): void => {
  const sandbox = openSandbox();
  try {
    assertSound(sandbox);
    const caught = chosen.filter((mutant) => reportMutant(sandbox, mutant)).length;
    print(`\n${rows.join('\n')}`);
    print(`\n${caught} of ${chosen.length} broken rules were caught.`);
    process.exitCode = caught < chosen.length ? 1 : 0;
  } finally {
    sandbox.close();
  }
};

if (values.help) print(HELP);
else if (chosen.length > 0) breakRules();
else
  throw new RangeError(
    `--rule must be part of a rule, but none contains "${values.rule.join('" or "')}"`,
  );
