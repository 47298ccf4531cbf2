import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DeployedFunction } from '../deployment/deployed-functions.ts';
import { lambdaEnvironment } from '../deployment/lambda-environment.ts';

/** A container with a function. */
export interface StartedFunction extends AsyncDisposable {
  /** Calls the function. Resolves to the error that it threw, or to undefined. Throws when it does not end within a minute. */
  readonly call: (event: unknown) => Promise<string | undefined>;
}

const CONTAINER = fileURLToPath(new URL('function-process.ts', import.meta.url));

// Longer than any of them takes while AWS fails.
const ANSWER_MS = 60_000;

/**
 * Starts a function as Lambda does: its bundle, with the variables of the template and those that Lambda sets, and with
 * AWS at `url`. Throws an Error when the bundle cannot be imported.
 */
export const startFunction = async (
  deployed: DeployedFunction,
  url: string,
): Promise<StartedFunction> => {
  const { name, folder, handler } = deployed;
  const [module, exported = ''] = handler.split('.');
  const file = join(folder, `${module}.mjs`);
  const child = fork(CONTAINER, [pathToFileURL(file).href, exported], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env: { ...lambdaEnvironment(deployed), AWS_ENDPOINT_URL: url },
  });
  const ended = once(child, 'exit').then(([code]) => [{ error: `exit code ${code}` }]);
  const answered = async (): Promise<string | undefined> => {
    const message = once(child, 'message', { signal: AbortSignal.timeout(ANSWER_MS) });
    const [{ error }] = await Promise.race([message, ended]).catch((cause) => {
      throw new Error(`${name} must answer within ${ANSWER_MS / 1_000} seconds`, { cause });
    });
    return error;
  };
  const failure = await answered();
  if (failure !== undefined) throw new Error(`${file} cannot be imported: ${failure}`);
  return {
    call: (event) => {
      child.send(event as object);
      return answered();
    },
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
};
