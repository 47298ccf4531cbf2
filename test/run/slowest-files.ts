import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const SHOWN = 5;

/** Prints the test files that took longest, in seconds, imports included. */
export const slowestFiles = (): Reporter => ({
  onTestRunEnd: (modules) => {
    const files = modules.map((file) => ({ name: nameOf(file), seconds: secondsOf(file) }));
    const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SHOWN);
    const lines = slowest.map(
      ({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`,
    );
    process.stdout.write(`\nThe slowest files\n${lines.join('\n')}\n`);
  },
});

const nameOf = ({ moduleId }: TestModule): string => relative(process.cwd(), moduleId);

const secondsOf = (file: TestModule): number => {
  const { duration, collectDuration, setupDuration } = file.diagnostic();
  return (duration + collectDuration + setupDuration) / 1_000;
};
