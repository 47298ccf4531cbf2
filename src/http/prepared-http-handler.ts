import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Prepared } from '../runtime/entry-point.ts';
import type { EdgeSetting } from '../settings/edge-setting.ts';
import { createGivenSecrets, createStoredSecrets, type EdgeSecrets } from './edge-secrets.ts';
import { createHttpHandler, type HttpHandler, type HttpHandlerOptions } from './http-handler.ts';
import { readEdgeSecrets } from './read-edge-secrets.ts';

/** A handler of HTTP requests, and what it can do before its first request. */
export type PreparedHttpHandler = Prepared<HttpHandler>;

export interface PreparedHttpHandlerOptions extends Omit<HttpHandlerOptions, 'edge'> {
  readonly edge: EdgeSetting | undefined;
  /** Reads the edge secret if it is stored. */
  readonly client: DynamoDBDocumentClient;
  /** What the function itself can do before its first request. */
  readonly prepare: () => Promise<unknown>;
}

/**
 * The handler of a function that serves HTTP; every such function is created here, so that none answers requests that
 * go round the edge. Without an edge it is that of `createHttpHandler`.
 */
export const createPreparedHttpHandler = ({
  edge,
  client,
  prepare,
  ...options
}: PreparedHttpHandlerOptions): PreparedHttpHandler => {
  if (edge === undefined) return { handler: createHttpHandler(options), prepare };
  const secrets = createSecrets(edge, client, options);
  return {
    handler: createHttpHandler({ ...options, edge: { secrets, isRequired: edge.isRequired } }),
    prepare: () => Promise.allSettled([prepare(), secrets.prepare()]),
  };
};

const createSecrets = (
  edge: EdgeSetting,
  client: DynamoDBDocumentClient,
  { log }: Pick<HttpHandlerOptions, 'log'>,
): EdgeSecrets =>
  'values' in edge
    ? createGivenSecrets(edge.values)
    : createStoredSecrets({
        ...{ read: () => readEdgeSecrets(client, edge.secretId), now: Date.now, log },
      });
