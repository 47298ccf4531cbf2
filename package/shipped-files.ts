/** The file of the package with what the local run observes, for the default settings. */
export const OBSERVED_FILE = 'dist/observed.json';

/** The file of the package with the page of the dashboard. */
export const PAGE_FILE = 'dist/dashboard.json';
