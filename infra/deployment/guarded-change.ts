import { distance } from 'fastest-levenshtein';
import type { CommandArguments } from './arguments.ts';
import { Refusal } from './refusal.ts';
import { settingsCommandLine } from './settings-command-line.ts';

/** The changes that `deploy` makes only when `--change` names them. */
export const GUARDED = ['name', 'hashScheme', 'key', 'tables', 'keepTables'] as const;

/** A change that loses data or its protection. */
export interface GuardedChange {
  readonly name: (typeof GUARDED)[number];
  /** What changes, and what is lost. */
  readonly consequence: string;
}

/** Throws a Refusal when `--change` is given an unknown name. */
export const checkNamedChanges = (named: readonly string[]): void => {
  const unknown = named.find((name) => !GUARDED.some((known) => known === name));
  if (unknown === undefined) return;
  const [nearest] = GUARDED.toSorted((a, b) => distance(unknown, a) - distance(unknown, b));
  throw new Refusal(
    `--change takes ${GUARDED.join(', ')}, not ${JSON.stringify(unknown)}; did you mean ${nearest}?`,
  );
};

/** Throws a Refusal that lists the changes which were found but not named, if any. */
export const refuseUnnamed = (
  found: readonly GuardedChange[],
  { changes, file }: CommandArguments,
): void => {
  const unnamed = found.filter(({ name }) => !changes.includes(name));
  if (unnamed.length === 0) return;
  const flags = found.map(({ name }) => `--change ${name}`).join(' ');
  throw new Refusal(
    [
      'Nothing was deployed, because this would lose data:',
      ...unnamed.map(({ name, consequence }) => `  ${name}: ${consequence}`),
      `If that is what you want: ${settingsCommandLine('deploy', file, flags)}`,
    ].join('\n'),
  );
};

/**
 * Throws a Refusal for a change that was named but not found: left in a script, it would allow a
 * later one.
 */
export const refuseUnneeded = (
  found: readonly GuardedChange[],
  { changes }: CommandArguments,
): void => {
  const unneeded = changes.find((change) => !found.some(({ name }) => name === change));
  if (unneeded === undefined) return;
  throw new Refusal(
    `Nothing was deployed: ${unneeded} does not change. Leave out --change ${unneeded}.`,
  );
};
