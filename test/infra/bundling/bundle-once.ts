import { type Bundled, bundleFunction } from '../../../infra/bundling/bundles.ts';
import type { FunctionName } from '../../../src/settings/function-name.ts';

const bundles = new Map<FunctionName, Promise<Bundled>>();

/** A function's bundle as it is deployed, built once per test process. */
export const bundleOnce = (name: FunctionName): Promise<Bundled> => {
  const bundle = bundles.get(name) ?? bundleFunction(name);
  bundles.set(name, bundle);
  return bundle;
};
