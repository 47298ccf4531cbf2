import { describe, expect, it } from 'vitest';
import {
  findCaller,
  formatCommandLine,
  installCommandLine,
} from '../../src/runtime/command-line.ts';

describe('in a checkout', () => {
  const caller = findCaller(false, { npm_command: 'exec' });

  it.each([
    ['verify', undefined, 'npm run counter -- verify'],
    ['verify', '--local', 'npm run counter -- verify --local'],
    ['start', undefined, 'npm start'],
    ['start', '--port 80', 'npm start -- --port 80'],
    ['deploy', undefined, 'npm run deploy'],
    ['deploy', '--change key', 'npm run deploy -- --change key'],
  ])('names %s %s by its npm script', (command, options, expected) => {
    expect(formatCommandLine(caller, command, options)).toBe(expected);
  });

  it('installs a package without changing package.json', () => {
    expect(installCommandLine('a@1.0.0')).toBe('npm install --no-save a@1.0.0');
  });
});

describe('in the package', () => {
  it('names a command with npx if npm started it', () => {
    const caller = findCaller(true, { npm_command: 'exec' });
    expect(formatCommandLine(caller, 'verify', '--local')).toBe(
      'npx session-counter verify --local',
    );
    expect(formatCommandLine(caller, 'start')).toBe('npx session-counter start');
  });

  it('names a command without npx otherwise', () => {
    expect(formatCommandLine(findCaller(true, {}), 'deploy')).toBe('session-counter deploy');
  });

  it('installs a package into the project of the user', () => {
    expect(installCommandLine('a@1.0.0', true)).toBe('npm install a@1.0.0');
  });
});
