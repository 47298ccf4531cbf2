import { commandLine } from '../../src/runtime/command-line.ts';
import {
  type CounterSettings,
  SETTING_NAMES,
  type SettingName,
} from '../settings/counter-settings.ts';
import type { FileSettings } from '../settings/parse-settings.ts';
import type { KnownSettings } from '../settings/recorded-settings.ts';
import type { GuardedChange } from './guarded-change.ts';

/** Each setting whose deployed and next value differ, such as `burst: 100 -> 200`. */
export const describeDifferences = (deployed: KnownSettings, next: CounterSettings): string[] =>
  SETTING_NAMES.filter((name) => isChanged(name, deployed, next)).map(
    (name) => `  ${name}: ${show(deployed[name])} -> ${show(next[name])}`,
  );

/** The changes of settings that lose data or its protection. */
export const findGuardedChanges = (
  deployed: KnownSettings,
  next: CounterSettings,
): GuardedChange[] => [
  ...(isChanged('hashScheme', deployed, next)
    ? [{ name: 'hashScheme' as const, consequence: hashSchemeConsequence(deployed, next) }]
    : []),
  ...(isChanged('keepTables', deployed, next) && !next.keepTables
    ? [{ name: 'keepTables' as const, consequence: KEEP_TABLES }]
    : []),
  ...(isChanged('sessionsTableStream', deployed, next) || isChanged('countsTable', deployed, next)
    ? [{ name: 'tables' as const, consequence: tablesConsequence(deployed, next) }]
    : []),
];

/**
 * The settings of a stack that a file leaves out, so that a different default would replace them; as
 * lines for the file.
 */
export const findLeftOut = (deployed: KnownSettings, { settings, given }: FileSettings): string[] =>
  SETTING_NAMES.filter((name) => deployed[name] !== undefined && !given.includes(name))
    .filter((name) => isChanged(name, deployed, settings))
    .map((name) => `  "${name}": ${show(deployed[name])}`);

const isChanged = (name: SettingName, deployed: KnownSettings, next: CounterSettings): boolean =>
  JSON.stringify(deployed[name]) !== JSON.stringify(next[name]);

const show = (value: unknown): string =>
  value === undefined ? 'not recorded' : JSON.stringify(value);

const hashSchemeConsequence = (deployed: KnownSettings, next: CounterSettings): string => {
  const change = `${show(deployed.hashScheme)} -> ${show(next.hashScheme)}`;
  const leaves = next.keepTables ? KEY_STAYS : KEY_IS_DELETED;
  const key = next.hashScheme === 'sha256' ? leaves : 'A key is generated, unless one was kept.';
  return `${change}. No stored row matches any more: every visitor becomes a new session. ${key}`;
};

const KEY_STAYS = 'The key is kept in its parameter, and changing back uses it again.';

const KEY_IS_DELETED =
  'The key is deleted. Changing back generates another one: every visitor is new again.';

const tablesConsequence = (deployed: KnownSettings, next: CounterSettings): string => {
  const change =
    `${show(deployed.sessionsTableStream)} and ${show(deployed.countsTable)} -> ` +
    `${show(next.sessionsTableStream)} and ${show(next.countsTable)}`;
  if (next.countsTable === null) return `${change}. ${NEW_TABLES}`;
  if (deployed.countsTable != null) return `${change}. ${OTHER_TABLES} ${TABLES_STAY}`;
  return `${change}. ${OTHER_TABLES} ${deployed.keepTables ? TABLES_STAY : TABLES_ARE_DELETED}`;
};

const NEW_TABLES =
  'The stack gets new, empty tables: the count starts at 0. The former tables stay, outside the stack.';

const OTHER_TABLES = 'The counter continues with the rows and the counts of other tables.';

const TABLES_STAY = 'The former ones stay, outside the stack.';

const TABLES_ARE_DELETED =
  'CloudFormation deletes the former ones, because keepTables is false: deploy keepTables: true first.';

const KEEP_TABLES =
  `true -> false. The tables lose their deletion protection, and ${commandLine('destroy')} deletes ` +
  'them with the key, and so the count.';
