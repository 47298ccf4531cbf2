import { setTimeout } from 'node:timers/promises';
import type { ResourceOutcome, ResourceRequest } from './resource-request.ts';

const ATTEMPTS = 3;
const ANSWER_MS = 5_000;
const PAUSE_MS = 1_000;

/**
 * Sends the outcome of a request to CloudFormation, three times at most, within 20 seconds. Throws when S3
 * does not take it; Lambda then repeats the request, and in the end CloudFormation stops waiting after the
 * timeout of the resource.
 */
export const respond = async (
  { ResponseURL, StackId, RequestId, LogicalResourceId }: ResourceRequest<unknown>,
  outcome: ResourceOutcome,
  sleep: (ms: number) => Promise<unknown> = setTimeout,
): Promise<void> => {
  const body = JSON.stringify({ StackId, RequestId, LogicalResourceId, ...outcome });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put(ResponseURL, body);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
};

const put = async (url: string, body: string): Promise<void> => {
  // The address is signed for a request without a content type.
  const headers = { 'content-type': '' };
  const signal = AbortSignal.timeout(ANSWER_MS);
  const { ok, status } = await fetch(url, { method: 'PUT', headers, body, signal });
  if (!ok) throw new Error(`CloudFormation did not take the response: HTTP status ${status}`);
};
