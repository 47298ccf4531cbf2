import { expect, it } from 'vitest';
import { describeMissingTools } from '../../../measure/runtime/missing-tools.ts';

const isInstalledBut =
  (...missing: readonly string[]) =>
  (command: string): boolean =>
    !missing.includes(command);

it('names every missing tool and its package', () => {
  expect(describeMissingTools('linux', isInstalledBut('cmake', 'cmake3', 'xz'))).toBe(
    'aws-lambda-ric must be compiled, but these commands were not found: cmake, xz. ' +
      'On Debian and Ubuntu: apt-get install cmake xz-utils',
  );
});

it('takes another tool of the same kind', () => {
  expect(describeMissingTools('linux', isInstalledBut('cmake', 'c++', 'cc'))).toBeUndefined();
});

it('names Linux on any other system', () => {
  expect(describeMissingTools('darwin', () => true)).toContain('on Linux, but this is darwin');
});
