import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Findings } from './part/part.ts';
import type { PartName } from './part/part-name.ts';
import type { Mode } from './part/plan.ts';

/** The results of a benchmark run and its conditions. */
export interface Results {
  readonly mode: Mode;
  readonly seed: number;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly parts: Partial<Readonly<Record<PartName, Findings>>>;
}

/** The processor and the number of cores. */
export const machineHere = (): string => `${cpus().length} × ${cpus()[0]?.model.trim()}`;

// Of DynamoDB, the emulator for this platform.
const PACKAGES = [
  '@aws-sdk/client-dynamodb',
  `@dynoxide/${process.platform}-${process.arch}`,
  'autocannon',
];

/** The versions that affect the results. */
export const versionsHere = (): Record<string, string> => ({
  node: process.versions.node,
  ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
});

const versionOf = (name: string): string => {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
};
