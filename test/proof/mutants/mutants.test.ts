import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MUTANTS, type Mutant } from '../../../proof/mutants/mutants.ts';
import { openSandbox, type Sandbox } from '../../../proof/mutants/sandbox.ts';

it.each(MUTANTS)('the mutant still matches the source: $rule', ({ file, find }) => {
  expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
});

// A mutant that sets a removed field breaks a different rule than it names, or none.
it('every mutant still compiles', { timeout: 120_000 }, () => {
  const sandbox = openSandbox();
  onTestFinished(sandbox.close);
  const folders = {
    include: ['src', 'proof/simulation', 'proof/exploration'],
    exclude: ['src/widget', 'src/local/dashboard/page'],
  };
  // The cache of the compiler belongs to the project.
  const compilerOptions = { incremental: false, tsBuildInfoFile: null };
  const config = { extends: resolve('tsconfig.json'), compilerOptions, ...folders };
  writeFileSync(join(sandbox.folder, 'tsconfig.json'), JSON.stringify(config));
  for (let left: readonly Mutant[] = MUTANTS; left.length > 0; ) {
    const others = withThoseThatFit(sandbox, left, () => expect(typeErrors(sandbox)).toBe(''));
    // Each round applies at least one mutant; otherwise the loop would never end.
    expect(others.length).toBeLessThan(left.length);
    left = others;
  }
});

/** Applies all mutants that do not touch the same text at once, and returns the others. */
const withThoseThatFit = (
  sandbox: Sandbox,
  [mutant, ...rest]: readonly Mutant[],
  check: () => void,
): readonly Mutant[] => {
  if (mutant === undefined) check();
  if (mutant === undefined) return [];
  let fits = false;
  try {
    return sandbox.withMutant(mutant, () => {
      fits = true;
      return withThoseThatFit(sandbox, rest, check);
    });
  } catch (error) {
    if (fits) throw error;
    return [mutant, ...withThoseThatFit(sandbox, rest, check)];
  }
};

const typeErrors = ({ folder }: Sandbox): string =>
  spawnSync('node_modules/.bin/tsc', { cwd: folder, encoding: 'utf8' }).stdout;
