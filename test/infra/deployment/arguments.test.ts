import { expect, it } from 'vitest';
import { checkKeptByNpm, parseArguments } from '../../../infra/deployment/arguments.ts';

it('has defaults', () => {
  expect(parseArguments([])).toMatchObject({
    ...{ file: 'session-counter.json', changes: [], confirm: undefined, output: 'cdk.out' },
    ...{ context: [], forCdk: [] },
  });
});

it('removes its own options, in any position, and leaves the others unchanged', () => {
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
    forCdk: '--require-approval never -c @a/b=1 --profile mine'.split(' '),
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
])('refuses $misspelt, which the CDK would ignore', ({ misspelt, meant }) => {
  expect(() => parseArguments([misspelt, 'name'])).toThrow(`did you mean ${meant}?`);
});

it.each([
  { kept: { npm_config_settings: 'blog.json' }, option: '--settings' },
  { kept: { npm_config_call: 'allowedOrigins=*' }, option: '-c' },
  { kept: { npm_config_change: 'true' }, option: '--change' },
  { kept: { npm_config_profile: 'true' }, option: '--profile' },
])('refuses $option when npm took it as its own option', ({ kept, option }) => {
  expect(() => checkKeptByNpm({ npm_lifecycle_event: 'deploy', ...kept }, 'deploy')).toThrow(
    `npm took ${option} as its own option. Put -- before it: npm run deploy -- ${option} …`,
  );
  expect(() =>
    checkKeptByNpm(
      { npm_lifecycle_event: 'deploy', npm_config_cache: 'x', npm_config_call: '' },
      'deploy',
    ),
  ).not.toThrow();
});

it('lets the owner of an npm configuration run the command in another way than by npm run', () => {
  expect(() => checkKeptByNpm({ npm_config_profile: 'work' }, 'deploy')).not.toThrow();
});

it.each(['--ratePerSecond=200', '--rate-per-second', '--alarmemail'])(
  'says that a setting given as an option, %s, belongs in the file',
  (option) => {
    expect(() => parseArguments([option, '200'])).toThrow(
      /is not an option: write \w+ into the settings file/,
    );
  },
);
