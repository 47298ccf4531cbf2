import cdkJson from '../../cdk.json' with { type: 'json' };

/** The feature flags of the CDK for our app, the same wherever it is synthesized. */
export const FEATURE_FLAGS: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(cdkJson.context).filter(([key]) => key.startsWith('@')),
);
