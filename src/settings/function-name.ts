/** The deployed functions, each named after the folder of its entry point. */
export const FUNCTIONS = ['ingest', 'projector', 'query', 'reporter', 'audit'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];
