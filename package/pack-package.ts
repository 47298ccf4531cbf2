import { execSync } from 'node:child_process';

/** A packed package. */
export interface Tarball {
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/**
 * Packs the package in `folder` into a tarball beside that folder. Throws when npm reports an error.
 */
export const packPackage = (folder: string): Tarball => {
  // Run by a shell, because npm is a script for the shell on Windows.
  const report = execSync('npm pack --json --pack-destination ..', { cwd: folder, stdio: 'pipe' });
  const [tarball] = Object.values<Tarball>(JSON.parse(report.toString()));
  if (tarball === undefined) throw new Error('npm pack reported no tarball');
  return tarball;
};
