import type { BundleName } from '../../../infra/bundling/bundle-names.ts';
import { type Bundled, bundleFunction } from '../../../infra/bundling/bundles.ts';

const bundles = new Map<BundleName, Promise<Bundled>>();

/** A function's bundle as it is deployed, built once per test process. */
export const bundleOnce = (name: BundleName): Promise<Bundled> => {
  const bundle = bundles.get(name) ?? bundleFunction(name);
  bundles.set(name, bundle);
  return bundle;
};
