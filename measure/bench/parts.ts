import { benchActiveSessions } from './active-sessions.ts';
import { benchColdStart } from './cold-start/cold-start.ts';
import { benchCounterItem } from './counter-item/counter-item.ts';
import { benchPageRequests } from './page-requests/page-requests.ts';
import { benchPageViews } from './page-view/page-view.ts';
import type { Part } from './part/part.ts';
import type { PartName } from './part/part-name.ts';
import { benchProjector } from './projector.ts';
import { benchRefreshStorm } from './refresh-storm.ts';
import { benchCountersOnPage } from './several-counters/counters-on-page.ts';
import { benchSeveralCounters } from './several-counters/several-counters.ts';
import { benchStreamLength } from './stream-length.ts';
import { benchSustainedLoad } from './sustained-load/sustained-load.ts';
import { benchThroughput } from './throughput/throughput.ts';
import { benchVisible } from './visible.ts';

/** All parts by name. */
export const PARTS: Readonly<Record<PartName, Part>> = {
  'page-view': benchPageViews,
  'active-sessions': benchActiveSessions,
  'refresh-storm': benchRefreshStorm,
  'page-requests': benchPageRequests,
  throughput: benchThroughput,
  projector: benchProjector,
  'several-counters': benchSeveralCounters,
  'counters-on-page': benchCountersOnPage,
  'counter-item': benchCounterItem,
  visible: benchVisible,
  'cold-start': benchColdStart,
  'sustained-load': benchSustainedLoad,
  'stream-length': benchStreamLength,
};
