/** Whether a version is older than another; both are numbers with dots between them. */
export const isOlder = (version: string, other: string): boolean =>
  version.localeCompare(other, 'en', { numeric: true }) < 0;
