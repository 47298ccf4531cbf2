import { readFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';
import { CAPABILITIES, type Machine } from './capabilities.ts';
import { reachedFiles } from './reached-files.ts';

/** The test files that need something that this machine lacks. */
export interface Skipped {
  /** The name of the capability. */
  readonly missing: string;
  readonly files: readonly string[];
}

/** The tests among `tests` that cannot run on the machine, by what they need. A test may be in several. */
export const findSkipped = (machine: Machine, tests: readonly string[]): Skipped[] => {
  const missing = CAPABILITIES.filter(({ isMissing }) => isMissing(machine));
  if (missing.length === 0) return [];
  const reached = reachedFiles(tests);
  const textOf = createReader();
  return missing.map(({ name, isUsedIn }) => ({
    missing: name,
    files: tests.filter((test) => reached.get(test)?.some((file) => isUsedIn(file, textOf(file)))),
  }));
};

const createReader = (): ((file: string) => string) => {
  const texts = new Map<string, string>();
  return (file) => {
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, text);
    return text;
  };
};

/** One line that names what is missing, how many files are skipped and in which folders. */
export const describeSkipped = (skipped: readonly Skipped[], count: number): string => {
  const files = new Set(skipped.flatMap((group) => group.files));
  const reasons = skipped.map(({ missing, files: { length } }) => `${length} need ${missing}`);
  const folders = [...new Set([...files].map(folderOf))].sort();
  return `Skipped ${files.size} of ${count} test files, in ${folders.join(', ')}: ${reasons.join('; ')}.`;
};

const folderOf = (file: string): string => file.split('/').slice(0, -1).slice(0, 2).join('/');

/** Prints that line at the end of the run; nothing if nothing is skipped. */
export const reportSkipped = (skipped: readonly Skipped[], count: number): Reporter => ({
  onTestRunEnd: () => {
    const line = describeSkipped(skipped, count);
    if (skipped.some(({ files }) => files.length > 0)) process.stdout.write(`\n${line}\n`);
  },
});
