import type { CounterSettings } from '../settings/counter-settings.ts';
import { readRecord } from '../settings/recorded-settings.ts';
import type { Template } from '../settings/template.ts';
import type { Aws } from './aws.ts';
import { findDataChanges } from './compare-data.ts';
import { describeDifferences, findGuardedChanges, findLeftOut } from './compare-settings.ts';
import { type DeployedStack, holdsResources } from './deployed-stack.ts';
import type { Findings } from './find-settings.ts';
import type { GuardedChange } from './guarded-change.ts';
import { Refusal } from './refusal.ts';

/** What a deployment is about to do: create a counter, or change these settings. */
export const describeDeployment = ({ settings, stack }: Findings, region: string): string[] => {
  const template = runningTemplate(stack);
  const { name } = settings;
  if (template === undefined) {
    return [
      `There is no stack ${name} in ${region}: this creates a counter, ${describeStart(settings)}.`,
    ];
  }
  const differences = describeDifferences(readRecord(template), settings);
  return differences.length === 0
    ? [`The stack ${name} in ${region}: no settings change.`]
    : [`The stack ${name} in ${region}: these settings change:`, ...differences];
};

const describeStart = ({ countsTable }: CounterSettings): string =>
  countsTable === null ? 'which starts at 0' : `which continues with the table ${countsTable}`;

/**
 * Throws a Refusal when the file leaves out a setting that has a value other than the default in the
 * stack: a setting returns to its default only when the file says so.
 */
export const refuseLeftOut = (findings: Findings, file: string): void => {
  const template = runningTemplate(findings.stack);
  const lines = template ? findLeftOut(readRecord(template), findings) : [];
  if (lines.length === 0) return;
  throw new Refusal(
    [
      `Nothing was deployed: ${file} leaves out settings of the stack, and defaults would replace them.`,
      'Add them to the file, with these values or with others:',
      ...lines,
    ].join('\n'),
  );
};

/**
 * The changes of settings that lose data or its protection. When the stack does not exist but other
 * counters do: that this would be another counter.
 */
export const findSettingChanges = async (
  { settings, stack }: Findings,
  aws: Aws,
): Promise<GuardedChange[]> => {
  const template = runningTemplate(stack);
  return template
    ? findGuardedChanges(readRecord(template), settings)
    : findOtherCounters(settings.name, await aws.listCounters());
};

/** The given changes of settings, and those that would replace tables or key. */
export const findAllChanges = (
  stack: DeployedStack | undefined,
  next: Template,
  changes: readonly GuardedChange[],
): readonly GuardedChange[] => {
  const template = runningTemplate(stack);
  const dataChanges = template ? findDataChanges(template, next) : [];
  // A change of the scheme adds or removes the key, and already says so.
  const hasNewScheme = changes.some(({ name }) => name === 'hashScheme');
  return [...changes, ...dataChanges.filter(({ name }) => name !== 'key' || !hasNewScheme)];
};

const runningTemplate = (stack: DeployedStack | undefined): Template | undefined =>
  stack && holdsResources(stack) ? stack.template : undefined;

const findOtherCounters = (
  name: CounterSettings['name'],
  counters: readonly string[],
): GuardedChange[] => {
  const others = counters.filter((other) => other !== name);
  if (others.length === 0) return [];
  const consequence =
    `there is no stack ${name} here, but there is ${others.join(', ')}. Another name is another ` +
    'counter: it starts at 0, with its own key, and the running one stays. To continue with that ' +
    `one, have its file written from its stack: --settings ${others[0]}.json`;
  return [{ name: 'name', consequence }];
};
