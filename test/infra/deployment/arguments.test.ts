import { expect, it } from 'vitest';
import { checkKeptByNpm, parseArguments } from '../../../infra/deployment/arguments.ts';

it('has defaults', () => {
  expect(parseArguments([])).toMatchObject({
    ...{ file: 'session-counter.json', changes: [], confirm: undefined, output: 'cdk.out' },
    ...{ context: [], forCdk: [] },
  });
});

it('takes its own options out, wherever they stand, and leaves the others as they are', () => {
  const args =
    '--settings blog.json --require-approval never --change=name --change key -c @a/b=1 --confirm blog --profile mine -o out';
  expect(parseArguments(args.split(' '))).toEqual({
    file: 'blog.json',
    changes: ['name', 'key'],
    confirm: 'blog',
    profile: 'mine',
    region: undefined,
    output: 'out',
    isHelp: false,
    context: ['@a/b=1'],
    forCdk: '--require-approval never -c @a/b=1 --profile mine -o out'.split(' '),
  });
});

it.each(['--settings', '--settings=', '--change', '--confirm', '-c'])(
  'refuses %s without a value',
  (option) => {
    const name = option.replace('=', '');
    expect(() => parseArguments([option])).toThrow(`${name} needs a value`);
    expect(() => parseArguments([option, '--verbose'])).toThrow(`${name} needs a value`);
  },
);

it.each([
  { misspelt: '--setings=blog.json', meant: '--settings' },
  { misspelt: '--changes', meant: '--change' },
  { misspelt: '--confrim', meant: '--confirm' },
])('refuses $misspelt, which the CDK would pass over', ({ misspelt, meant }) => {
  expect(() => parseArguments([misspelt, 'name'])).toThrow(`meant as ${meant}?`);
});

it.each([
  { kept: { npm_config_settings: 'blog.json' }, option: '--settings' },
  { kept: { npm_config_call: 'allowedOrigins=*' }, option: '-c' },
  { kept: { npm_config_change: 'true' }, option: '--change' },
  { kept: { npm_config_profile: 'true' }, option: '--profile' },
])('refuses $option that npm has kept for itself', ({ kept, option }) => {
  expect(() => checkKeptByNpm(kept, 'deploy')).toThrow(
    `npm kept ${option} for itself. Put -- before it: npm run deploy -- ${option} …`,
  );
  expect(() =>
    checkKeptByNpm({ npm_config_cache: 'x', npm_config_call: '' }, 'deploy'),
  ).not.toThrow();
});

it.each(['--ratePerSecond=200', '--rate-per-second', '--alarmemail'])(
  'sends a setting that is given as an option, %s, to the file',
  (option) => {
    expect(() => parseArguments([option, '200'])).toThrow(
      /is no option: write \w+ into the settings file/,
    );
  },
);
