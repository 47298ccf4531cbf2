import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildPackage } from '../../package/build-package.ts';
import { packPackage, type Tarball } from '../../package/pack-package.ts';
import { openProject, type Project } from './project.ts';

/** The packed package, installed in two projects. */
export interface InstalledPackage {
  readonly tarball: () => Tarball;
  /** A project that also has the peers of the package. */
  readonly project: Project;
  /** A project that has none of them. */
  readonly bareProject: Project;
}

const PEERS = ['aws-cdk', 'aws-cdk-lib', 'constructs', '@dynoxide'];

/**
 * Builds and packs the package, and unpacks it in both projects; the peers are links. Once for all tests
 * of a file, which takes seconds; the folder is removed after them.
 */
export const useInstalledPackage = (): InstalledPackage => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-package-'));
  const project = openProject(join(folder, 'project'));
  const bareProject = openProject(join(folder, 'bare'));
  let tarball: Tarball;
  beforeAll(async () => {
    await buildPackage(join(folder, 'built'));
    tarball = packPackage(join(folder, 'built'));
    for (const { path } of [project, bareProject]) install(join(folder, tarball.filename), path);
    for (const peer of PEERS) linkPeer(peer, project.path);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { tarball: () => tarball, project, bareProject };
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
