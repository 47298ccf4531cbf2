/** Where visits are counted; the ingest function answers it. */
export const SESSIONS_PATH = '/sessions';

/** Where a visitor's own session row is deleted; the ingest function answers it. */
export const OWN_SESSION_PATH = '/sessions/me';

/** The counts as a picture; like all that follow, the query function answers it. */
export const BADGE_PATH = '/badge.svg';

/** New sessions by day. */
export const HISTORY_PATH = '/history';

/** The element that shows the counts on a page. */
export const WIDGET_PATH = '/widget.js';

/** The description of this API. */
export const OPENAPI_PATH = '/openapi.json';

/** Where the counts are read; the query function answers it, and every path that is not listed. */
export const COUNTS_PATH = '/counts';
