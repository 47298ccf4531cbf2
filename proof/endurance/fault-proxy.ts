import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as openRequest,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { CommitTrap } from './commit-trap.ts';
import { createDraw } from './draw.ts';
import {
  type Answer,
  createFaultSource,
  type DrawnFault,
  type FaultSource,
  playFault,
  THROTTLED,
} from './faults.ts';

/** A proxy between the SDK and a DynamoDB that injects network and service faults. */
export interface FaultProxy extends Pick<FaultSource, 'faults' | 'stopFaults'> {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

export interface FaultProxyOptions {
  /** The address of the DynamoDB. */
  readonly target: string;
  readonly seed: number;
  readonly commitTrap: CommitTrap;
}

/**
 * Starts a proxy that injects faults into requests in an order decided by `seed`. A forwarded request
 * reaches DynamoDB even when its sender is gone by then, as on a network. Connections are reset while
 * nothing listens at `target`.
 */
export const startFaultProxy = async (options: FaultProxyOptions): Promise<FaultProxy> => {
  const { nextFault, faults, stopFaults } = createFaultSource(createDraw(options.seed));
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (request, response) => {
    const answer = await answerRequest(request, { ...options, agent, fault: nextFault() });
    sendAnswer(answer, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const stop = async (): Promise<void> => {
    server.close().closeAllConnections();
    agent.destroy();
  };
  return { endpoint: `http://127.0.0.1:${port}`, faults, stopFaults, stop };
};

interface ProxiedRequest extends FaultProxyOptions {
  readonly agent: Agent;
  readonly fault: DrawnFault;
}

/** The response for the sender; undefined when its connection must be reset. */
const answerRequest = async (
  request: IncomingMessage,
  { target, agent, commitTrap, fault }: ProxiedRequest,
): Promise<Answer | undefined> => {
  try {
    const body = await buffer(request);
    const forward = () => forwardRequest(new URL(request.url ?? '/', target), request, body, agent);
    const trap = commitTrap.trigger(body);
    if (trap === 'refused') return THROTTLED;
    if (!trap) return await playFault(fault, forward);
    if (trap === 'after the commit') await forward();
    await once(request.socket, 'close');
  } catch {
    // Nothing listens at the target, or the sender is gone.
  }
  return undefined;
};

const forwardRequest = async (
  url: URL,
  { method, headers }: IncomingMessage,
  body: Buffer,
  agent: Agent,
): Promise<Answer> => {
  const forwarded = openRequest(url, { method, headers, agent }).end(body);
  const [received] = (await once(forwarded, 'response')) as [IncomingMessage];
  const { statusCode = 0, headers: answerHeaders } = received;
  return { status: statusCode, headers: answerHeaders, body: await buffer(received) };
};

const sendAnswer = (answer: Answer | undefined, response: ServerResponse): void => {
  if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  else response.destroy();
};
