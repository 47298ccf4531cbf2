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

/** What a deployment is about to do: each setting that changes, or that a counter is made. */
export const describeDeployment = ({ settings, stack }: Findings, region: string): string[] => {
  const template = runningTemplate(stack);
  const { name } = settings;
  if (template === undefined) {
    return [`There is no stack ${name} in ${region}: a counter is made, which begins at 0.`];
  }
  const differences = describeDifferences(readRecord(template), settings);
  return differences.length === 0
    ? [`The stack ${name} in ${region}: no setting changes.`]
    : [`The stack ${name} in ${region}: these settings change.`, ...differences];
};

/**
 * Throws a Refusal when the file leaves out a setting that the stack has changed from its default:
 * what somebody once decided is undone by a word, and not by its absence.
 */
export const refuseLeftOut = (findings: Findings, file: string): void => {
  const template = runningTemplate(findings.stack);
  const lines = template ? findLeftOut(readRecord(template), findings) : [];
  if (lines.length === 0) return;
  throw new Refusal(
    [
      `Nothing was deployed: ${file} leaves out what the stack has, and defaults would take its place.`,
      'Write into the file, with these values or with others:',
      ...lines,
    ].join('\n'),
  );
};

/**
 * The changes of settings that lose something in the stack. For a stack that is not there: that it
 * would be another counter, when there is one already.
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

/** The changes of settings, and those by which tables or key would be replaced. */
export const findAllChanges = (
  stack: DeployedStack | undefined,
  next: Template,
  changes: readonly GuardedChange[],
): readonly GuardedChange[] => {
  const template = runningTemplate(stack);
  const dataChanges = template ? findDataChanges(template, next) : [];
  // The key comes and goes with the scheme, whose change says so.
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
    `there is no stack ${name} here, but ${others.join(', ')}. Another name is another counter: ` +
    'it begins at 0 with a key of its own, beside the one that runs. To go on with that one, ' +
    `have its file written from its stack: --settings ${others[0]}.json`;
  return [{ name: 'name', consequence }];
};
