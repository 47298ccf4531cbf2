import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ObservedResources,
  observedResources,
  observedResourcesOf,
} from '../../../infra/observed/observed-resources.ts';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { addCounter, emptyStack, whileSynthesized, withBundles } from '../synthesize.ts';

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

/** The same with these props, of which the settings have only a part. */
export const observeCounter = (props: SessionCounterProps): ObservedResources => {
  const stack = emptyStack();
  addCounter(stack, props);
  return whileSynthesized(stack, () => observedResourcesOf(stack));
};
