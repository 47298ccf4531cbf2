import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/command-error.ts';
import { parseArguments, parseOptions } from '../../src/cli/options.ts';

const OPTIONS = {
  from: { type: 'string' },
  file: { type: 'string', multiple: true },
  yes: { type: 'boolean' },
} as const;

describe('the options of a command', () => {
  it('may be given again if they have no value or take several', () => {
    const args = ['--yes', '--file', 'a', '--file', 'b', '--from=x', '--yes'];
    expect(parseOptions(args, OPTIONS)).toEqual({ yes: true, file: ['a', 'b'], from: 'x' });
  });

  it.each([parseOptions, parseArguments])('have one value if they take one', (parse) => {
    const once = new UsageError('--from is given more than once; give it one value');
    expect(() => parse(['--from', 'a', '--yes', '--from=b'], OPTIONS)).toThrow(once);
  });
});
