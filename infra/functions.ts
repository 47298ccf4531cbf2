import { type CfnResource, Validations } from 'aws-cdk-lib';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DigestRhythm } from '../src/settings/allowed-values.ts';
import { ALL_FUNCTIONS, type FUNCTIONS, type FunctionName } from '../src/settings/function-name.ts';
import { addFunction } from './add-function.ts';
import type { Variables } from './environments.ts';
import { FUNCTION_LIMITS } from './props/function-limits.ts';

export interface FunctionsProps {
  /** The folder with `<function>/index.mjs` for each function; by default that of this package. */
  readonly bundleFolder?: string | undefined;
  readonly environments: Record<FunctionName, Variables>;
  readonly permissions: Record<FunctionName, PolicyDocument>;
  readonly reservedConcurrency: Partial<Record<FunctionName, number>>;
  readonly hasLegacyRoute: boolean;
  readonly digest: DigestRhythm | undefined;
}

/** The deployed functions by name; `legacy` is one of them only with its route, and `digest` only if one is sent. */
export type Functions = Record<(typeof FUNCTIONS)[number], LambdaFunction> & {
  readonly legacy?: LambdaFunction;
  readonly digest?: LambdaFunction;
};

/** The deployed functions, with their names. */
export const listFunctions = (functions: Functions): [name: FunctionName, f: LambdaFunction][] =>
  ALL_FUNCTIONS.flatMap((name) => {
    const found = functions[name];
    return found ? [[name, found]] : [];
  });

/**
 * Adds the functions with their bundles, each with its own role and log group. Throws an
 * InvalidPropError if a bundle is missing. Those that write rows are deployed after those that must understand them.
 */
export const addFunctions = (scope: Construct, props: FunctionsProps): Functions => {
  const functions = new Construct(scope, 'Functions');
  const isLeftOut: Partial<Record<FunctionName, boolean>> = {
    legacy: !props.hasLegacyRoute,
    digest: props.digest === undefined,
  };
  const names = ALL_FUNCTIONS.filter((name) => !isLeftOut[name]);
  const entries = names.map((name) => {
    const parts = {
      ...{ name, limits: FUNCTION_LIMITS[name], bundleFolder: props.bundleFolder },
      ...{ permissions: props.permissions[name], environment: props.environments[name] },
      reservedConcurrency: props.reservedConcurrency[name],
    };
    return [name, addFunction(new Construct(functions, name), parts)];
  });
  const added = Object.fromEntries(entries) as Functions;
  deployReadersFirst(added);
  acknowledgeMetricReads(added);
  return added;
};

// A new partition of the index is read before anything is written to it. The legacy function does both. And a projector
// of a version with a single counter would count the rows of the others for the site.
const deployReadersFirst = ({ ingest, legacy, query, reporter, projector }: Functions): void => {
  const after = (writer: LambdaFunction, ...readers: LambdaFunction[]): void =>
    // Without the permissions of their callers.
    writer.node.addDependency(...readers.map(({ node }) => node.defaultChild as CfnResource));
  after(ingest, query, reporter, projector);
  if (!legacy) return;
  after(ingest, legacy);
  after(legacy, query, reporter);
};

const acknowledgeMetricReads = ({ digest }: Functions): void => {
  if (!digest?.role) return;
  Validations.of(digest.role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'CloudWatch has no permission for single metrics, and no metric is about a visitor.',
  });
};
