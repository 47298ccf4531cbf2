import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { arnOf, REGION } from './account.ts';
import type { DeployedFunction } from './deployed-functions.ts';
import { cpuBetween, readPeakMegabytes, readThreadTimes } from './process-usage.ts';
import { type Outcome, type RuntimeApi, serveRuntimeApi } from './runtime-api.ts';

/** What a step took, milliseconds. */
export interface Spent {
  readonly wall: number;
  /** Of all threads of the process, in user and kernel mode. */
  readonly cpu: number;
}

/** A call: what it took until the container waited for the next event, and how it ended. */
export interface Call extends Spent {
  readonly outcome: Outcome;
}

/** A function that runs under AWS's runtime interface client, and waits for an event. */
export interface Container extends AsyncDisposable {
  /** From the start of the process until it waited for its first event. */
  readonly init: Spent;
  /** Delivers an event. Rejects when the process ends. */
  readonly call: (event: string) => Promise<Call>;
  /** The most memory that was resident at once, MB. */
  readonly peakMegabytes: () => number;
  /** Stops the process as Lambda freezes it between two calls, and lets it go on. */
  readonly freeze: (ms: number) => Promise<void>;
  /** Every line that it wrote so far. */
  readonly lines: () => string[];
}

/** Where a container finds things. */
export interface Surroundings {
  /** The file of the runtime interface client. */
  readonly client: string;
  /** What directs an SDK to AWS here. */
  readonly endpoints: Readonly<Record<string, string>>;
}

// With more time the audit waits twice for a minute, until its two readings may be compared.
const LONGEST_CALL_SECONDS = 60;

/**
 * Starts a function as Lambda does, with the variables of the template and those that Lambda sets. Rejects when its
 * initialisation fails.
 */
export const startContainer = async (
  deployed: DeployedFunction,
  surroundings: Surroundings,
): Promise<Container> => {
  const ended = new AbortController();
  const arn = arnOf('lambda', `function:${deployed.name}`);
  const timeoutSeconds = Math.min(deployed.timeoutSeconds, LONGEST_CALL_SECONDS);
  const api = await serveRuntimeApi(arn, timeoutSeconds, ended.signal);
  const startedAt = performance.now();
  const { child, output } = startProcess(deployed, surroundings, api.address);
  child.once('close', (code, signal) =>
    ended.abort(new Error(`it ended with ${code ?? signal}: ${output()}`)),
  );
  const dispose = async (): Promise<void> => {
    const closed = ended.signal.aborted || once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    await api[Symbol.asyncDispose]();
  };
  await api.whenIdle().catch(async (error) => {
    await dispose();
    throw new Error(`${deployed.name} did not start: ${error.cause ?? error}`);
  });
  const wall = performance.now() - startedAt;
  return {
    init: { wall, cpu: cpuBetween(new Map(), readThreadTimes(child.pid ?? 0)) },
    ...actionsOf(deployed.name, child, api),
    lines: () =>
      output()
        .split('\n')
        .filter((line) => line !== ''),
    [Symbol.asyncDispose]: dispose,
  };
};

const startProcess = (
  deployed: DeployedFunction,
  { client, endpoints }: Surroundings,
  api: string,
) => {
  const { folder, environment } = deployed;
  const lambda = { ...environmentOfLambda(deployed), AWS_LAMBDA_RUNTIME_API: api };
  const child = spawn(process.execPath, [client], {
    ...{ cwd: folder, env: { ...environment, ...endpoints, ...lambda } },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  return { child, output: () => output };
};

const actionsOf = (
  name: string,
  child: ChildProcess,
  api: RuntimeApi,
): Pick<Container, 'call' | 'peakMegabytes' | 'freeze'> => {
  const pid = child.pid ?? 0;
  // The cause is the end of the process, or the timeout.
  const explain = ({ cause }: Error): never => {
    throw new Error(`${name} must answer and wait for the next event, but: ${cause}`, { cause });
  };
  return {
    peakMegabytes: () => readPeakMegabytes(pid),
    call: async (event) => {
      const before = readThreadTimes(pid);
      const outcome = await api.deliver(event).catch(explain);
      await api.whenIdle().catch(explain);
      return { outcome, wall: outcome.wall, cpu: cpuBetween(before, readThreadTimes(pid)) };
    },
    freeze: async (ms) => {
      child.kill('SIGSTOP');
      await setTimeout(ms);
      child.kill('SIGCONT');
    },
  };
};

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
const environmentOfLambda = ({ name, folder, handler, memoryMegabytes }: DeployedFunction) => ({
  ...{ _HANDLER: handler, LAMBDA_TASK_ROOT: folder },
  ...{ AWS_REGION: REGION, AWS_DEFAULT_REGION: REGION, TZ: ':UTC', LANG: 'en_US.UTF-8' },
  ...{ AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' },
  ...{ AWS_LAMBDA_FUNCTION_NAME: name, AWS_LAMBDA_FUNCTION_VERSION: '$LATEST' },
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  ...{ AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`, AWS_LAMBDA_LOG_STREAM_NAME: 'stream' },
  // What the template sets as LoggingConfig.
  ...{ AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'INFO' },
  ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  AWS_SESSION_TOKEN: 't'.repeat(400),
  PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
  // Lambda has no such files, but this machine may.
  ...{ AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull },
});
