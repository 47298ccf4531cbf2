import { DEFAULTS, SETTING_NAMES } from '../settings/counter-settings.ts';
import { type FileSettings, parseSettings } from '../settings/parse-settings.ts';
import { type KnownSettings, readRecord } from '../settings/recorded-settings.ts';
import { nameAfterFile, readSettingsFile, writeSettingsFile } from '../settings/settings-file.ts';
import type { Aws } from './aws.ts';
import { type DeployedStack, holdsResources, isBusy, isCounter } from './deployed-stack.ts';
import { Refusal } from './refusal.ts';

/** What the file and AWS say of a counter, before anything is done. */
export interface Findings extends FileSettings {
  /** Whether there was no file, so that the settings are the defaults. */
  readonly isFileMissing: boolean;
  readonly stack: DeployedStack | undefined;
}

/**
 * Reads the file, and the stack that it names. Where a counter runs and the file is missing, it is
 * written from the stack, and a Refusal says so: never defaults over a counter that runs. Throws a
 * Refusal, too, for a stack that is no counter or that is being changed, a SettingsError for a file
 * that is wrong.
 */
export const findSettings = async (file: string, aws: Aws): Promise<Findings> => {
  const found = readSettingsFile(file);
  const content = found ?? parseSettings('{}', { file, defaultName: nameAfterFile(file) });
  const stack = await aws.readStack(content.settings.name);
  if (stack) checkStack(stack, file);
  const isFileMissing = found === undefined;
  if (isFileMissing && stack && holdsResources(stack)) restore(file, stack);
  return { ...content, isFileMissing, stack };
};

const checkStack = (stack: DeployedStack, file: string): void => {
  const { name, status, template } = stack;
  if (isBusy(stack)) {
    throw new Refusal(`The stack ${name} is being changed (${status}). Wait, and run this again.`);
  }
  if (holdsResources(stack) && (!isCounter(stack) || template === undefined)) {
    throw new Refusal(`The stack ${name} is no counter. Choose another name in ${file}.`);
  }
};

const restore = (file: string, { name, template = {} }: DeployedStack): never => {
  const known = readRecord(template);
  writeSettingsFile(file, { ...DEFAULTS, ...known, name });
  throw new Refusal(
    [
      `There was no ${file}, and the stack ${name} runs. The file is written now, with the settings of the stack.`,
      ...describeUnknowns(known),
      'Nothing else was done. Look through it, commit it, and run this again.',
    ].join('\n'),
  );
};

const describeUnknowns = (known: KnownSettings): string[] => {
  const unknown = SETTING_NAMES.filter((name) => known[name] === undefined);
  return unknown.map(
    (name) => `The stack does not tell its ${name}: the file has the default. Set it.`,
  );
};
