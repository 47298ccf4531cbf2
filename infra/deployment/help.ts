import { commandLine } from '../../src/runtime/command-line.ts';
import { DEFAULT_FILE } from '../settings/settings-file.ts';

/** Our commands that run the `cdk` command. */
export const SCRIPTS = ['deploy', 'synth', 'destroy'] as const;

export type Script = (typeof SCRIPTS)[number];

/** The help text of each. */
export const HELP: Readonly<Record<Script, string>> = {
  deploy: `${commandLine('deploy', '[--settings FILE] [--change NAME ...] [options of cdk deploy]')}

Deploys the counter that the settings file describes (default: ${DEFAULT_FILE}). The first
deployment writes this file. If it is missing for a running counter, writes it from the stack and
stops. Prints each setting that changes, and refuses a change that loses data or its protection
unless --change names it: hashScheme, name, keepTables, tables or key.`,
  synth: `${commandLine('synth', '[--settings FILE] [options of cdk synth]')}

Writes the template, without an AWS account. Prints its path, its number of resources and the settings.`,
  destroy: `${commandLine('destroy', '[--settings FILE] [--confirm STACK] [options of cdk destroy]')}

Deletes the stack that the settings file describes (default: ${DEFAULT_FILE}), if --confirm
names it. Without --confirm, prints what would be deleted and what would stay.`,
};
