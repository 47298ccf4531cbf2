import { DEFAULT_FILE } from '../settings/settings-file.ts';

/** The scripts of package.json that stand before the CDK's command. */
export type Script = 'deploy' | 'synth' | 'destroy';

/** What each says to `--help`. */
export const HELP: Readonly<Record<Script, string>> = {
  deploy: `npm run deploy -- [--settings FILE] [--change NAME ...] [options of cdk deploy]

Deploys what the settings file says (${DEFAULT_FILE}). The first deployment writes it; where a
counter runs and the file is missing, it is written from the stack. Prints what changes, and stops
at a change that loses something unless --change names it.`,
  synth: `npm run synth -- [--settings FILE] [options of cdk synth]

Makes the template, without an AWS account, and says where it is and which settings it has.`,
  destroy: `npm run destroy -- [--settings FILE] [--confirm STACK] [options of cdk destroy]

Deletes the stack of the settings file (${DEFAULT_FILE}) once --confirm names it; without that,
says what would go and what would stay.`,
};
