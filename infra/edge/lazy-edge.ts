import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../src/settings/function-name.ts';
import { allow } from '../permissions.ts';
import { Edge, type EdgeProps } from './edge.ts';

export interface LazyEdgeProps extends EdgeProps {
  /** The permissions of the functions, to which those of the edge are added. */
  readonly permissions: Readonly<Record<FunctionName, PolicyDocument>>;
}

// Those that serve HTTP.
const BEHIND_THE_EDGE = ['ingest', 'query', 'legacy'] as const;

/** An edge that is added when it is needed; until then, it costs nothing. */
export interface LazyEdge {
  /** The edge, which the first call adds. From then on, the functions that serve HTTP may read its secret. */
  readonly get: () => Edge;
  /** The ARN of its secret; undefined until it is added. */
  readonly findSecretArn: () => string | undefined;
}

/** Prepares the edge of a counter, and adds nothing. */
export const lazyEdge = (scope: Construct, { permissions, ...props }: LazyEdgeProps): LazyEdge => {
  let edge: Edge | undefined;
  const add = (): Edge => {
    const added = new Edge(scope, props);
    for (const name of BEHIND_THE_EDGE) {
      permissions[name].addStatements(
        allow(added.secret.secretArn, 'secretsmanager:GetSecretValue'),
      );
    }
    return added;
  };
  return {
    get: () => {
      edge ??= add();
      return edge;
    },
    findSecretArn: () => edge?.secret.secretArn,
  };
};
