import { fork } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { REGION } from './account.ts';
import type { DeployedFunction } from './deployed-functions.ts';

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
 * AWS at `url`. The id of its access key is its name. Throws an Error when the bundle cannot be imported.
 */
export const startFunction = async (
  { name, file, exported, environment }: DeployedFunction,
  url: string,
): Promise<StartedFunction> => {
  const child = fork(CONTAINER, [pathToFileURL(file).href, exported], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env: { ...environment, ...environmentOfLambda(name), AWS_ENDPOINT_URL: url },
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

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
const environmentOfLambda = (name: string) => ({
  ...{ AWS_REGION: REGION, AWS_DEFAULT_REGION: REGION },
  ...{ AWS_ACCESS_KEY_ID: name, AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' },
  ...{ AWS_LAMBDA_FUNCTION_NAME: name, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  // Lambda has no such files, but this machine may.
  ...{ AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull },
});
