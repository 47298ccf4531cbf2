import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { addCounterStack } from '../../../infra/app/counter-stack.ts';
import { STACK_DESCRIPTION } from '../../../infra/app/stack-description.ts';
import { parseArguments } from '../../../infra/deployment/arguments.ts';
import { connectToAws } from '../../../infra/deployment/aws.ts';
import { deploy } from '../../../infra/deployment/deploy.ts';
import { destroy } from '../../../infra/deployment/destroy.ts';
import { Refusal } from '../../../infra/deployment/refusal.ts';
import { type CounterSettings, DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { SettingsError } from '../../../infra/settings/settings-error.ts';
import { readSettingsFile } from '../../../infra/settings/settings-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { emptyApp, templateOf, withBundles } from '../synthesize.ts';
import { type CounterTemplate, writeAssembly } from './assembly.ts';
import { type FakeAccount, type FakeStack, startFakeAws } from './fake-aws.ts';

/** The template of a counter with these settings, and defaults for the others. */
export const counterTemplate = (settings: Partial<CounterSettings> = {}): CounterTemplate => {
  const key = JSON.stringify({ ...DEFAULTS, ...settings });
  const text = synthesized.get(key) ?? synthesizeText({ ...DEFAULTS, ...settings });
  synthesized.set(key, text);
  return JSON.parse(text);
};

// By settings: each takes a while, and many tests deploy the same ones.
const synthesized = new Map<string, string>();

const synthesizeText = (settings: CounterSettings): string =>
  JSON.stringify(
    templateOf(
      withBundles((bundleFolder) => addCounterStack(emptyApp(), settings, bundleFolder)),
    ).toJSON(),
  );

/** A stack that runs a counter. */
export const counterStack = (settings: Partial<CounterSettings> = {}): FakeStack => ({
  description: STACK_DESCRIPTION,
  template: counterTemplate(settings),
  isProtected: true,
});

/** A checkout and an account in which commands run. */
export interface Deployment {
  readonly account: FakeAccount;
  /** The settings file of the checkout. */
  readonly file: string;
  readonly settings: () => CounterSettings | undefined;
  readonly write: (settings: object) => void;
  readonly run: (script: 'deploy' | 'destroy', ...args: string[]) => Promise<CommandEnd>;
}

export interface CommandEnd {
  readonly code: number;
  /** The arguments of each call of the cdk command, in order. */
  readonly ran: string[];
  readonly said: string;
}

export interface DeploymentOptions {
  readonly file?: string;
  readonly stacks?: Record<string, FakeStack>;
  readonly isBootstrapped?: boolean;
  readonly failures?: Record<string, string>;
  readonly exitCodes?: Record<string, number>;
  /** Changes the template that is synthesized, as a changed construct would. */
  readonly change?: (template: CounterTemplate) => void;
}

/** Opens a checkout and an account; both are removed after the test. */
export const openDeployment = async (options: DeploymentOptions = {}): Promise<Deployment> => {
  const folder = temporaryFolder();
  const { stacks = {}, failures = {}, isBootstrapped = true } = options;
  const parameters = isBootstrapped ? ['/cdk-bootstrap/hnb659fds/version'] : [];
  const account = { stacks, parameters, failures };
  const endpoint = await startFakeAws(account);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const file = join(folder, options.file ?? 'session-counter.json');
  return {
    account,
    file,
    settings: () => readSettingsFile(file)?.settings,
    write: (settings) => writeFileSync(file, JSON.stringify(settings)),
    run: (script, ...args) => runHere({ script, args, file, folder, account, options }),
  };
};

interface Run {
  readonly script: 'deploy' | 'destroy';
  readonly args: string[];
  readonly file: string;
  readonly folder: string;
  readonly account: FakeAccount;
  readonly options: DeploymentOptions;
}

const runHere = async ({ script, args, ...run }: Run): Promise<CommandEnd> => {
  const ran: string[] = [];
  const said: string[] = [];
  const output = join(run.folder, 'cdk.out');
  const cdk = async (cdkArgs: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
    const [command = ''] = cdkArgs;
    ran.push(cdkArgs.join(' ').replaceAll(output, 'OUT'));
    if (command === 'synth') synthesize(output, env, run.options);
    const code = run.options.exitCodes?.[command] ?? 0;
    if (command === 'destroy' && code === 0) destroyStack(run.account, env);
    return code;
  };
  const command = { deploy, destroy }[script];
  const all = parseArguments(['--settings', run.file, ...args]);
  const tools = { connect: connectToAws, cdk, say: (line: string) => void said.push(line) };
  try {
    const code = await command({ ...all, output }, tools);
    return { code, ran, said: said.join('\n') };
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof SettingsError)) throw error;
    return { code: 1, ran, said: [...said, error.message].join('\n') };
  }
};

// Does what `cdk synth` does with our app, without the seconds that it takes.
const synthesize = (
  folder: string,
  { SESSION_COUNTER_SETTINGS: file = '' }: NodeJS.ProcessEnv,
  { change }: DeploymentOptions,
): void => {
  const settings = readSettingsFile(file)?.settings;
  if (settings === undefined) throw new Error(`The app does not find ${file}`);
  const template = counterTemplate(settings);
  change?.(template);
  writeAssembly(folder, settings.name, template);
};

// Fails while the stack is protected, like CloudFormation.
const destroyStack = (
  { stacks }: FakeAccount,
  { SESSION_COUNTER_SETTINGS: file = '' }: NodeJS.ProcessEnv,
): void => {
  const { name = '' } = readSettingsFile(file)?.settings ?? {};
  if (stacks[name]?.isProtected) throw new Error(`${name} is protected`);
  delete stacks[name];
};
