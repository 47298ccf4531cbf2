import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  EMULATOR_VERSION,
  findEmulatorBinary,
  type System,
} from '../../src/local/emulator-binary.ts';
import { StartError } from '../../src/local/start-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAC: System = { platform: 'darwin', arch: 'arm64' };
const WINDOWS: System = { platform: 'win32', arch: 'x64' };

/** A project in which one package of the emulator is installed, as npm does it. */
const projectWith = (name: string, binary: string): { folder: string; file: string } => {
  const folder = realpathSync(temporaryFolder());
  const installed = join(folder, 'node_modules', '@dynoxide', name);
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'package.json'), '{}');
  writeFileSync(join(installed, binary), '');
  return { folder, file: join(installed, binary) };
};

it.each([
  { system: MAC, name: 'darwin-arm64', binary: 'dynoxide' },
  {
    system: { platform: 'linux', arch: 'arm64' } as const,
    name: 'linux-arm64',
    binary: 'dynoxide',
  },
  { system: WINDOWS, name: 'win32-x64', binary: 'dynoxide.exe' },
])('finds the binary that is installed for $name', ({ system, name, binary }) => {
  const { folder, file } = projectWith(name, binary);
  expect(findEmulatorBinary(system, [folder])).toBe(file);
});

it('looks in the project of the working directory after the one of this code', () => {
  const [own, users] = [
    projectWith('darwin-arm64', 'dynoxide'),
    projectWith('darwin-arm64', 'dynoxide'),
  ];
  expect(findEmulatorBinary(MAC, [own.folder, users.folder])).toBe(own.file);
  expect(findEmulatorBinary(MAC, [temporaryFolder(), users.folder])).toBe(users.file);
});

it('looks there by default, wherever this code is', () => {
  // No package of the checkout is for this system, wherever the test runs.
  const { folder, file } = projectWith('aix-ppc64', 'dynoxide');
  const before = process.cwd();
  try {
    process.chdir(folder);
    expect(findEmulatorBinary({ platform: 'aix', arch: 'ppc64' })).toBe(file);
  } finally {
    process.chdir(before);
  }
});

it('names the commands to run if it is not installed', () => {
  const find = () => findEmulatorBinary(MAC, [temporaryFolder()]);
  expect(find).toThrow(
    new StartError(`The embedded DynamoDB for darwin-arm64 is not installed. Install it, then start again:

  npm install --no-save @dynoxide/darwin-arm64@1.2.1

Or run DynamoDB Local in a container and, in another terminal, start with its address:

  docker run --rm -p 127.0.0.1:8000:8000 amazon/dynamodb-local
  AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000 npm start`),
  );
});

it('names commands that work in the shells of Windows', () => {
  const find = () => findEmulatorBinary(WINDOWS, [temporaryFolder()]);
  expect(find).toThrow('npm install --no-save @dynoxide/win32-x64@1.2.1\n');
  expect(find).toThrow('cmd /c "set AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000&& npm start"');
});

it('names the version that package.json names', () => {
  const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(Object.values(optionalDependencies)).toEqual([EMULATOR_VERSION]);
});
