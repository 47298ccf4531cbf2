import { fingerprintKey } from '../../domain/key-fingerprint.ts';
import type { EdgeSetting } from '../../settings/edge-setting.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';

/**
 * Text that says which edge secret a counter has, without revealing it; undefined when it has none, so that everybody
 * can reach it. The settings of a running local counter hold the fingerprint in place of the secret.
 */
export const describeEdgeSecret = (
  settings: Environment,
  edge: EdgeSetting | undefined,
): string | undefined => {
  const fingerprint = readOptional(settings, 'EDGE_SECRET_FINGERPRINT');
  if (fingerprint !== undefined) return fingerprint;
  if (edge === undefined) return undefined;
  return 'secretId' in edge ? `in ${edge.secretId}` : edge.values.map(fingerprintKey).join(', ');
};
