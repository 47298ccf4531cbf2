import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Mutant } from './mutants.ts';

const COPIED = [
  'src',
  'proof',
  'test',
  'infra',
  'examples',
  'measure',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** A copy of the project in which code can be broken. */
export interface Sandbox {
  readonly folder: string;
  /** Breaks the rule while `action` runs. Throws when the mutant no longer fits the code. */
  readonly withMutant: <Result>(mutant: Mutant, action: () => Result) => Result;
  readonly close: () => void;
}

/** Copies the project in the working directory into a temporary folder. */
export const openSandbox = (): Sandbox => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-mutants-'));
  for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true });
  // A junction needs no special right on Windows; elsewhere this is an ordinary link.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  return {
    folder,
    withMutant: (mutant, action) => {
      const file = join(folder, mutant.file);
      const original = readFileSync(file, 'utf8');
      writeFileSync(file, mutate(original, mutant));
      try {
        return action();
      } finally {
        writeFileSync(file, original);
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const mutate = (text: string, { rule, file, find, replace }: Mutant): string => {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(
    `"${rule}" must find its text once in ${file}, but it is there ${parts.length - 1} times`,
  );
};
