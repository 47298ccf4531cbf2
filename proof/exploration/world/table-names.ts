/** The names of a world's two tables. */
export const COUNTS_TABLE_NAME = 'counts';
export const SESSIONS_TABLE_NAME = 'sessions';
