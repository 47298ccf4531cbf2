/** Where visits are counted; the ingest function answers it. */
export const SESSIONS_PATH = '/sessions';

/** Where the counts are read; the query function answers it, and every path that is not listed. */
export const COUNTS_PATH = '/counts';
