import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../src/settings/function-name.ts';
import type { Functions } from '../functions.ts';
import { allow } from '../permissions.ts';
import { Edge, type EdgeProps } from './edge.ts';

export interface LazyEdgeProps extends EdgeProps {
  readonly functions: Functions;
  /** The permissions of the functions, to which those of the edge are added. */
  readonly permissions: Readonly<Record<FunctionName, PolicyDocument>>;
}

// Those that serve HTTP.
const BEHIND_THE_EDGE = ['ingest', 'query', 'legacy'] as const;

/**
 * Returns a function that adds the edge at its first call, and always returns it. From then on, the functions that
 * serve HTTP read its secret, and refuse requests without it. Until then, nothing is added.
 */
export const lazyEdge = (
  scope: Construct,
  { functions, permissions, ...props }: LazyEdgeProps,
): (() => Edge) => {
  let edge: Edge | undefined;
  return () => {
    edge ??= addEdge();
    return edge;
  };

  function addEdge(): Edge {
    const added = new Edge(scope, props);
    for (const name of BEHIND_THE_EDGE) {
      permissions[name].addStatements(
        allow(added.secret.secretArn, 'secretsmanager:GetSecretValue'),
      );
      functions[name]?.addEnvironment('EDGE_SECRET_ID', added.secret.secretArn);
    }
    return added;
  }
};
