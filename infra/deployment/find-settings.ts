import { DEFAULTS, SETTING_NAMES } from '../settings/counter-settings.ts';
import { type FileSettings, parseSettings } from '../settings/parse-settings.ts';
import { type KnownSettings, readRecord } from '../settings/recorded-settings.ts';
import { nameAfterFile, readSettingsFile, writeSettingsFile } from '../settings/settings-file.ts';
import type { Aws } from './aws.ts';
import { type DeployedStack, holdsResources, isBusy, isCounter } from './deployed-stack.ts';
import { Refusal } from './refusal.ts';

/** The state of a counter in the file and in AWS, before anything is done. */
export interface Findings extends FileSettings {
  /** Whether there was no file, so that the settings are the defaults. */
  readonly isFileMissing: boolean;
  readonly stack: DeployedStack | undefined;
}

/**
 * Reads the file, and the stack that it names. When the file is missing and the stack runs a counter,
 * it writes the file from the stack and throws a Refusal, so that defaults never replace the settings
 * of a running counter. Also throws a Refusal for a stack that is not a counter or is being changed,
 * and a SettingsError for an invalid file.
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
    throw new Refusal(`The stack ${name} is being changed (${status}). Wait, then run this again.`);
  }
  if (holdsResources(stack) && (!isCounter(stack) || template === undefined)) {
    throw new Refusal(`The stack ${name} is not a counter. Choose another name in ${file}.`);
  }
};

const restore = (file: string, { name, template = {} }: DeployedStack): never => {
  const known = readRecord(template);
  writeSettingsFile(file, { ...DEFAULTS, ...known, name });
  throw new Refusal(
    [
      `${file} was missing, but the stack ${name} exists. Wrote the file with the settings of the stack.`,
      ...describeUnknowns(known),
      'Nothing else was done. Review it, commit it, and run this again.',
    ].join('\n'),
  );
};

const describeUnknowns = (known: KnownSettings): string[] => {
  const unknown = SETTING_NAMES.filter((name) => known[name] === undefined);
  return unknown.map(
    (name) => `The ${name} of the stack is unknown: the file has the default. Check it.`,
  );
};
