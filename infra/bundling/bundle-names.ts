import { ALL_FUNCTIONS, type FunctionName } from '../../src/settings/function-name.ts';

/** The functions of the custom resources. */
export const CUSTOM_RESOURCES = ['hash-key', 'active-shards'] as const;

/** Each bundle has the name of the folder of its entry point. */
export type BundleName = FunctionName | (typeof CUSTOM_RESOURCES)[number];

/** The bundles of a deployment. */
export const BUNDLES: readonly BundleName[] = [...ALL_FUNCTIONS, ...CUSTOM_RESOURCES];
