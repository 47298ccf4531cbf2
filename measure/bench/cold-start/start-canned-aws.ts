import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** AWS for the measured functions, in a process of its own, so that its CPU is not counted as theirs. */
export interface CannedAws extends AsyncDisposable {
  /** What directs an SDK to it. */
  readonly environment: Readonly<Record<string, string>>;
}

const SCRIPT = fileURLToPath(new URL('canned-aws.ts', import.meta.url));

/** Starts it, and waits until it answers. */
export const startCannedAws = async (): Promise<CannedAws> => {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const { dynamodb, ssm, lambda } = JSON.parse(line);
  return {
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: `https://127.0.0.1:${dynamodb}`,
      AWS_ENDPOINT_URL_SSM: `https://127.0.0.1:${ssm}`,
      AWS_ENDPOINT_URL_LAMBDA: `https://127.0.0.1:${lambda}`,
      // Its certificate is self-signed; Node.js warns of what this turns off.
      ...{ NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' },
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
};
