import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ObservedResources,
  observedResources,
} from '../../../infra/observed/observed-resources.ts';
import { withBundles } from '../synthesize.ts';

/** The types of the resources that are observed. */
export const OBSERVED_TYPES: readonly string[] = [
  ...['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::Logs::MetricFilter'],
  ...['AWS::Events::Rule', 'AWS::ApiGatewayV2::Stage'],
];

/** What the local run observes with these settings, synthesized in this process. */
export const observe = (settings: Parameters<typeof observedResources>[0]): ObservedResources => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-observed-'));
  try {
    return withBundles((bundleFolder) => observedResources(settings, { folder, bundleFolder }));
  } finally {
    rmSync(folder, { recursive: true });
  }
};
