import { expect, it } from 'vitest';
import { parseOptions } from '../../../measure/runtime/options.ts';

it('measures eleven containers without writing, by default', () => {
  expect(parseOptions([])).toEqual({ containers: 11, isForDocs: false });
});

it('takes their number, and writes into docs', () => {
  expect(parseOptions(['--containers', '3', '--docs'])).toEqual({ containers: 3, isForDocs: true });
  expect(parseOptions(['--help'])).toBe('help');
});

it.each(['0', '1000', '1.5', 'many'])('refuses %s containers', (containers) => {
  expect(() => parseOptions(['--containers', containers])).toThrow(
    `--containers must be a whole number from 1 to 999, but it is ${containers}`,
  );
});
