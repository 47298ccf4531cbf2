import { spawnSync } from 'node:child_process';
import { MUTANTS, type Mutant } from './mutants.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const SIMULATION = ['simulation/simulate.ts', '--deliveries', '300000', '--seed', '1'];

const TIMEOUT_MS = 120_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const run = ({ folder }: Workshop, args: readonly string[]) => {
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

const runTests = (workshop: Workshop, tests: string) =>
  run(workshop, ['node_modules/vitest/vitest.mjs', 'run', ...tests.split(' ')]);

/** What noticed the broken rule; undefined when nothing did. */
const findCatcher = (workshop: Workshop, { tests }: Mutant): string | undefined => {
  const { output } = run(workshop, SIMULATION);
  const violation = /^Seed \d+, step .*/m.exec(output)?.[0];
  if (violation) return `the simulation: ${violation}`;
  if (!tests) return undefined;
  // A file that does not even load names no test, and proves nothing.
  const failure = /FAIL\s+(\S+ > .*)/.exec(runTests(workshop, tests).output)?.[1];
  return failure && `a test: ${failure}`;
};

// A command that fails on sound code would catch everything and prove nothing.
const assertSound = (workshop: Workshop): void => {
  const tests = [...new Set(MUTANTS.flatMap((mutant) => mutant.tests?.split(' ') ?? []))];
  const failed = [run(workshop, SIMULATION), runTests(workshop, tests.join(' '))].find(
    (result) => result.failed,
  );
  if (failed) throw new Error(`The unbroken code fails:\n${failed.output}`);
};

const workshop = openWorkshop();
try {
  assertSound(workshop);
  const survivors = MUTANTS.filter((mutant) => {
    const catcher = workshop.withMutant(mutant, () => findCatcher(workshop, mutant));
    print(`${catcher ? 'caught  ' : 'SURVIVED'}  ${mutant.rule}`);
    print(`          ${mutant.file}${catcher ? `, by ${catcher}` : ''}`);
    return !catcher;
  });
  print(`\n${MUTANTS.length - survivors.length} of ${MUTANTS.length} broken rules were caught.`);
  process.exitCode = survivors.length > 0 ? 1 : 0;
} finally {
  workshop.close();
}
