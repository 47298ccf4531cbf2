/** The names of all parts, in order of execution. */
export const PART_NAMES = [
  'page-view',
  'active-sessions',
  'refresh-storm',
  'page-requests',
  'throughput',
  'projector',
  'several-counters',
  'counters-on-page',
  'counter-item',
  'visible',
  'cold-start',
  'sustained-load',
  'stream-length',
] as const;

export type PartName = (typeof PART_NAMES)[number];
