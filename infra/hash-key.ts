import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { StoredKey } from './environments.ts';
import type { Functions } from './functions.ts';
import { GeneratedKey } from './generated-key.ts';

/** The key of the session hash. */
export interface HashKey extends StoredKey {
  /** The resource that makes the parameter before the functions read it; undefined for a given key. */
  readonly generated?: GeneratedKey;
}

export interface HashKeyProps {
  readonly hasKey: boolean;
  readonly hashKeyParameter: IParameter | undefined;
  readonly hashKeySecret: ISecret | undefined;
  readonly tableRemovalPolicy: RemovalPolicy;
  readonly bundleFolder: string | undefined;
}

/**
 * The key of the session hash: the given one, or else one that is generated during the deployment, so that
 * it appears in no template, variable or output. A generated key is kept as long as the tables, whose rows
 * are useless without it.
 */
export const resolveHashKey = (
  scope: Construct,
  { hasKey, hashKeyParameter, hashKeySecret, tableRemovalPolicy, bundleFolder }: HashKeyProps,
): HashKey => {
  if (!hasKey) return {};
  if (hashKeySecret) return { secret: hashKeySecret };
  if (hashKeyParameter) return { parameter: hashKeyParameter };
  const removalPolicy = tableRemovalPolicy;
  const generated = new GeneratedKey(scope, { removalPolicy, bundleFolder });
  return { parameter: generated.parameter, generated };
};

/** Deploys the functions that read a generated key after it: until then, visits would get 503. */
export const dependOnKey = (
  { ingest, legacy }: Pick<Functions, 'ingest' | 'legacy'>,
  { generated }: HashKey,
): void => {
  if (!generated) return;
  ingest.node.addDependency(generated);
  legacy?.node.addDependency(generated);
};
