/** The functions that are deployed, by the folder of their entry point. */
export const FUNCTIONS = ['ingest', 'projector', 'query', 'reporter', 'audit'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];
