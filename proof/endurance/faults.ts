import { setTimeout as delay } from 'node:timers/promises';
import type { Draw } from './draw.ts';

/** The faults between the SDK and DynamoDB. */
export type Fault =
  | 'request delayed'
  | 'answer delayed'
  | 'answer lost after the commit'
  | '400 ThrottlingException'
  | '500 before the commit'
  | '500 after the commit';

/** The percentage of requests with each fault. */
const PER_HUNDRED: Readonly<Record<Fault, number>> = {
  'request delayed': 4,
  'answer delayed': 4,
  'answer lost after the commit': 4,
  '400 ThrottlingException': 3,
  '500 before the commit': 2,
  '500 after the commit': 2,
};

export const FAULTS = Object.keys(PER_HUNDRED) as Fault[];

/** The fault of one request. */
export interface DrawnFault {
  /** Undefined for no fault. */
  readonly fault: Fault | undefined;
  readonly delayMs: number;
}

/** Decides the fault of each request. */
export interface FaultSource {
  readonly nextFault: () => DrawnFault;
  /** How often each fault was drawn. */
  readonly faults: ReadonlyMap<Fault, number>;
  /** Stops injecting faults. */
  readonly stopFaults: () => void;
}

const MIN_DELAY_MS = 5;
const MAX_DELAY_MS = 250;
const NO_FAULT: DrawnFault = { fault: undefined, delayMs: 0 };

/** A source of faults decided by `draw`. */
export const createFaultSource = (draw: Draw): FaultSource => {
  const faults = new Map<Fault, number>();
  let isStopped = false;
  const nextFault = (): DrawnFault => {
    if (isStopped) return NO_FAULT;
    const fault = drawFault(draw);
    if (fault) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    return { fault, delayMs: draw(MIN_DELAY_MS, MAX_DELAY_MS) };
  };
  const stopFaults = (): void => {
    isStopped = true;
  };
  return { nextFault, faults, stopFaults };
};

const drawFault = (draw: Draw): Fault | undefined => {
  let left = draw(0, 99);
  return FAULTS.find((fault) => {
    left -= PER_HUNDRED[fault];
    return left < 0;
  });
};

/** A response of DynamoDB. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const errorAnswer = (status: number, name: string): Answer => {
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
  const body = Buffer.from(JSON.stringify({ __type, message: 'Injected by the fault proxy' }));
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': `${body.length}`,
  };
  return { status, headers, body };
};

/** DynamoDB's error responses. The SDK retries after each. */
export const THROTTLED = errorAnswer(400, 'ThrottlingException');
const FAILED = errorAnswer(500, 'InternalServerError');

/** The response under this fault; undefined when the connection must be reset. */
export const playFault = async (
  { fault, delayMs }: DrawnFault,
  forward: () => Promise<Answer>,
): Promise<Answer | undefined> => {
  if (fault === '400 ThrottlingException') return THROTTLED;
  if (fault === '500 before the commit') return FAILED;
  if (fault === 'request delayed') await delay(delayMs);
  const answer = await forward();
  if (fault === 'answer delayed') await delay(delayMs);
  if (fault === 'answer lost after the commit') return undefined;
  return fault === '500 after the commit' ? FAILED : answer;
};
