import { existsSync } from 'node:fs';
import { checkContext } from '../settings/check-context.ts';
import { SETTING_NAMES } from '../settings/counter-settings.ts';
import { readRecord } from '../settings/recorded-settings.ts';
import { MISSING_VARIABLE, SETTINGS_VARIABLE } from '../settings/settings-file.ts';
import { readAssembly } from './assembly.ts';
import type { Command } from './command.ts';
import { contextKeys } from './shared-arguments.ts';

/**
 * Writes the template, without an AWS account, and without a settings file from the defaults. Prints
 * its path, the number of resources and the settings. Resolves to the exit code of `cdk synth`.
 */
export const synth: Command = async (args, { cdk, say }) => {
  checkContext(contextKeys(args), args.file);
  const env = { [SETTINGS_VARIABLE]: args.file, [MISSING_VARIABLE]: 'defaults' };
  const origin = existsSync(args.file)
    ? args.file
    : `the defaults, because there is no ${args.file}`;
  const code = await cdk(['synth', '--quiet', '--output', args.output, ...args.forCdk], env);
  if (code !== 0) return code;
  const { name, path, template } = readAssembly(args.output);
  const settings = readRecord(template);
  say(`${path}: the stack ${name}, ${Object.keys(template.Resources ?? {}).length} resources.`);
  say(`Its settings (${origin}):`);
  for (const setting of SETTING_NAMES)
    say(`  ${setting.padEnd(25)} ${JSON.stringify(settings[setting])}`);
  return code;
};
