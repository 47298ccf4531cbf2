import { describe, expect, it } from 'vitest';
import { SOURCES, withSlashes } from '../architecture/imports.ts';
import type { Machine } from './capabilities.ts';
import { describeSkipped, findSkipped } from './skipped-files.ts';
import { describeMachine } from './this-machine.ts';

const TESTS = SOURCES.filter((file) => /^test\/.*\.test\.ts$/.test(file));

const LINUX: Machine = {
  ...{ platform: 'linux', arch: 'x64', hasEmulator: true, hasOtherDynamoDB: false },
};

/** What is skipped on a machine that differs from the usual one. */
const skippedOn = (machine: Partial<Machine>) => {
  const skipped = findSkipped({ ...LINUX, ...machine }, TESTS);
  const files = new Set(skipped.flatMap((group) => group.files));
  const isSkipped = (file: string): boolean => {
    expect(TESTS).toContain(file);
    return files.has(file);
  };
  return { skipped, isSkipped, count: files.size };
};

describe('a machine with everything', () => {
  it('skips nothing', () => {
    expect(skippedOn({}).skipped).toEqual([]);
  });
});

describe('a machine without an embedded DynamoDB', () => {
  it('skips the tests that start one, in this process or another', () => {
    const { isSkipped, count } = skippedOn({ hasEmulator: false });
    expect(isSkipped('test/tables/audit-item.test.ts')).toBe(true);
    expect(isSkipped('test/local/start.test.ts')).toBe(true);
    // It only starts measure/bench/main.ts.
    expect(isSkipped('test/measure/bench/bench.test.ts')).toBe(true);
    // It runs package/run-command-line.ts, bundled.
    expect(isSkipped('test/package/package.test.ts')).toBe(true);
    expect(isSkipped('test/domain/tally.test.ts')).toBe(false);
    expect(isSkipped('test/local/folder-lock.test.ts')).toBe(false);
    // This one only names tests.
    expect(isSkipped('test/run/skipped-files.test.ts')).toBe(false);
    expect(count).toBeLessThan(TESTS.length / 2);
  });

  it('runs those that can use another one, such as DynamoDB Local', () => {
    const { isSkipped } = skippedOn({ hasEmulator: false, hasOtherDynamoDB: true });
    expect(isSkipped('test/tables/audit-item.test.ts')).toBe(false);
    expect(isSkipped('test/local/embedded-dynamodb.test.ts')).toBe(true);
    expect(isSkipped('test/local/start.test.ts')).toBe(true);
    expect(isSkipped('test/proof/endurance/endurance.test.ts')).toBe(true);
  });
});

describe('another platform', () => {
  it('skips the tests in a browser and those that read /proc on macOS', () => {
    const { isSkipped } = skippedOn({ platform: 'darwin', arch: 'arm64' });
    expect(isSkipped('test/browser/looks.test.ts')).toBe(true);
    expect(isSkipped('test/cli/record/record-stream.test.ts')).toBe(true);
    expect(isSkipped('test/local/folder-lock.test.ts')).toBe(false);
    expect(isSkipped('test/tables/audit-item.test.ts')).toBe(false);
  });

  it('also skips the tests with shells, signals and file modes on Windows', () => {
    const { isSkipped } = skippedOn({ platform: 'win32' });
    expect(isSkipped('test/local/private-file.test.ts')).toBe(true);
    expect(isSkipped('test/cli/main.test.ts')).toBe(true);
    // Its links are junctions, which Windows has too.
    expect(isSkipped('test/package/package.test.ts')).toBe(false);
    expect(isSkipped('test/tables/audit-item.test.ts')).toBe(false);
  });

  it('can be played with TEST_PLATFORM', () => {
    expect(describeMachine({ TEST_PLATFORM: 'win32-arm64' })).toEqual({
      ...{ platform: 'win32', arch: 'arm64', hasEmulator: false, hasOtherDynamoDB: false },
    });
    expect(describeMachine({})).toMatchObject({ platform: process.platform, arch: process.arch });
  });
});

it('says in one line what is missing, how many files are skipped and where', () => {
  const skipped = [
    { missing: 'a DynamoDB', files: ['test/a/b/one.test.ts', 'test/two.test.ts'] },
    { missing: 'a browser', files: ['test/a/b/one.test.ts', 'test/c/three.test.ts'] },
  ];
  expect(describeSkipped(skipped, 9)).toBe(
    'Skipped 3 of 9 test files, in test, test/a, test/c: 2 need a DynamoDB; 2 need a browser.',
  );
});

it('names files as git does, on Windows too', () => {
  expect(withSlashes('src\\domain\\tally.ts')).toBe('src/domain/tally.ts');
});
