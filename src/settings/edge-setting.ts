import { EDGE_SECRET, EDGE_SECRET_RULE } from './allowed-values.ts';
import type { VariableOfKind } from './definitions.ts';
import { type Environment, readOptional, readSwitch } from './readers.ts';
import { SettingError } from './setting-error.ts';

/** The values of the edge secret that are valid, or the secret of Secrets Manager that holds them. */
export type EdgeSecretSetting =
  | { readonly values: readonly string[] }
  | { readonly secretId: string };

export type EdgeSetting = EdgeSecretSetting & {
  /** Whether requests without the secret are refused; otherwise they are answered as without an edge. */
  readonly isRequired: boolean;
};

/**
 * How requests that come through the edge are told from others; undefined without an edge. Throws a SettingError,
 * without a secret, when a setting is malformed or contradicts another.
 */
export const readEdgeSetting = (env: Environment): EdgeSetting | undefined => {
  const secret = readSecretSetting(env);
  const isRequired = readSwitch(env, 'EDGE_REQUIRED');
  return secret && { ...secret, isRequired };
};

const readSecretSetting = (env: Environment): EdgeSecretSetting | undefined => {
  const current = readEdgeSecret(env, 'EDGE_SECRET');
  const previous = readEdgeSecret(env, 'EDGE_SECRET_PREVIOUS');
  const secretId = readOptional(env, 'EDGE_SECRET_ID');
  if (secretId !== undefined && (current ?? previous) !== undefined) {
    const name = current === undefined ? 'EDGE_SECRET_PREVIOUS' : 'EDGE_SECRET';
    throw new SettingError(name, 'unset when EDGE_SECRET_ID is set: one secret, one place');
  }
  if (secretId !== undefined) return { secretId };
  if (current !== undefined)
    return { values: previous === undefined ? [current] : [current, previous] };
  if (previous === undefined) return undefined;
  // Otherwise a mistyped name would switch the check off.
  throw new SettingError('EDGE_SECRET', 'set when EDGE_SECRET_PREVIOUS is');
};

const readEdgeSecret = (env: Environment, name: VariableOfKind<'secret'>): string | undefined => {
  const secret = readOptional(env, name);
  if (secret === undefined || EDGE_SECRET.test(secret)) return secret;
  throw new SettingError(name, EDGE_SECRET_RULE);
};
