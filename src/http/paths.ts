/** Counts visits; handled by the ingest function. */
export const SESSIONS_PATH = '/sessions';

/** Deletes the caller's session row; handled by the ingest function. */
export const OWN_SESSION_PATH = '/sessions/me';

/** A count as an image; handled by the query function, like all paths below. */
export const BADGE_PATH = '/badge.svg';

/** New sessions by day. */
export const HISTORY_PATH = '/history';

/** The custom element that shows the counts on a page. */
export const WIDGET_PATH = '/widget.js';

/** The description of this API. */
export const OPENAPI_PATH = '/openapi.json';

/** The counts. The query function also handles every path that is not listed here. */
export const COUNTS_PATH = '/counts';

/** Counts a visit and answers both numbers; handled by the legacy function, where there is one. */
export const LEGACY_PATH = '/';

/** The paths of the ingest function. */
export const INGEST_PATHS: readonly string[] = [SESSIONS_PATH, OWN_SESSION_PATH];

/** The paths that the query function answers with more than an error. */
export const QUERY_PATHS: readonly string[] = [
  ...[COUNTS_PATH, HISTORY_PATH, BADGE_PATH, WIDGET_PATH, OPENAPI_PATH],
];
