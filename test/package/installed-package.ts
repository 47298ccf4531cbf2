import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildPackage } from '../../package/build-package.ts';
import { packPackage, type Tarball } from '../../package/pack-package.ts';

/** A project in a folder of its own, with the packed package and its peers installed. */
export interface InstalledPackage {
  readonly project: string;
  readonly tarball: () => Tarball;
  /** Runs the command with these arguments in the project, and waits for its end. */
  readonly run: (...args: string[]) => Ended;
  /** Runs Node.js with these arguments in the project, and waits for its end. */
  readonly node: (...args: string[]) => Ended;
  readonly start: (...args: string[]) => ChildProcess;
}

export interface Ended {
  readonly code: number | null;
  /** What it printed, on both outputs. */
  readonly printed: string;
}

const PEERS = ['aws-cdk', 'aws-cdk-lib', 'constructs', '@dynoxide'];

// As npx does it, but without AWS.
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|npm)_/.test(name)),
  ),
  ...{ npm_command: 'exec', AWS_EC2_METADATA_DISABLED: 'true' },
};

const COMMAND = 'node_modules/session-counter/command/command.js';

/**
 * Builds and packs the package, and unpacks it in a project beside links to its `peers`. Once for all
 * tests of a file; the folder is removed after them.
 */
export const useInstalledPackage = (peers: readonly string[] = PEERS): InstalledPackage => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-package-'));
  const project = join(folder, 'project');
  const options = { cwd: project, env, encoding: 'utf8' } as const;
  const node = (...args: string[]): Ended => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return { code: status, printed: `${stdout}${stderr}` };
  };
  let tarball: Tarball;
  beforeAll(async () => {
    await buildPackage(join(folder, 'built'));
    tarball = packPackage(join(folder, 'built'));
    install(join(folder, tarball.filename), project);
    for (const peer of peers) linkPeer(peer, project);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    project,
    tarball: () => tarball,
    node,
    run: (...args) => node(COMMAND, ...args),
    start: (...args) => spawn(process.execPath, [COMMAND, ...args], { cwd: project, env }),
  };
};

const install = (tarball: string, project: string): void => {
  const target = join(project, 'node_modules/session-counter');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
};

const linkPeer = (peer: string, project: string): void => {
  const link = join(project, 'node_modules', peer);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(resolve('node_modules', peer), link, 'junction');
};
