import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { arnOf } from '../../proof/deployment/account.ts';
import type { DeployedFunction } from '../../proof/deployment/deployed-functions.ts';
import { lambdaEnvironment } from '../../proof/deployment/lambda-environment.ts';
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
  const child = spawn(process.execPath, [client], {
    cwd: deployed.folder,
    env: { ...lambdaEnvironment(deployed), ...endpoints, AWS_LAMBDA_RUNTIME_API: api },
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
