import { DEFAULT_FILE } from '../settings/settings-file.ts';

/** The scripts of package.json that run the `cdk` command. */
export const SCRIPTS = ['deploy', 'synth', 'destroy'] as const;

export type Script = (typeof SCRIPTS)[number];

/** The help text of each. */
export const HELP: Readonly<Record<Script, string>> = {
  deploy: `npm run deploy -- [--settings FILE] [--change NAME ...] [options of cdk deploy]

Deploys the counter of the settings file (${DEFAULT_FILE}), which the first deployment writes.
If the file of a running counter is missing, it is written from the stack. Prints what changes, and
stops before a change that loses data, unless --change names it.`,
  synth: `npm run synth -- [--settings FILE] [options of cdk synth]

Writes the template, without an AWS account, and prints its path and its settings.`,
  destroy: `npm run destroy -- [--settings FILE] [--confirm STACK] [options of cdk destroy]

Deletes the stack of the settings file (${DEFAULT_FILE}), if --confirm names it. Without
--confirm, prints what would be deleted and what would stay.`,
};
