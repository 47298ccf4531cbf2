/** The functions of every counter, each named after the folder of its entry point. */
export const FUNCTIONS = ['ingest', 'projector', 'query', 'reporter', 'audit'] as const;

/** All functions. `legacy` is deployed only with the setting `legacyRoute`, and `digest` only with `digest`. */
export const ALL_FUNCTIONS = [...FUNCTIONS, 'legacy', 'digest'] as const;

export type FunctionName = (typeof ALL_FUNCTIONS)[number];
