import type { Put } from '../../src/local/observation/collector.ts';

/** A value with its metric: namespace, name, dimensions, value, unit. */
export type KeptValue = readonly [string, string, Readonly<Record<string, string>>, number, string];

/** Keeps the values that it gets. */
export const keptValues = (): { readonly put: Put; readonly values: () => KeptValue[] } => {
  const values: KeptValue[] = [];
  return {
    put: ({ namespace, name, dimensions }, value, unit) =>
      void values.push([namespace, name, dimensions, value, unit]),
    values: () => values,
  };
};
