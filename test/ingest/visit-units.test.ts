import { describe, expect, it } from 'vitest';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { browser } from '../support/browsers.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openCounters } from '../support/several-counters.ts';

const useFile = useDatabase();
const open = (env?: Record<string, string>) => openCounters(useFile(), env);

describe('the cost of a visit', () => {
  it('is the same for the site, a listed counter, and a matched one that exists', async () => {
    const { database, visit } = await open();
    await visit('blog/a');
    const meter = createCapacityMeter(database.client);
    const costOf = async (counter: string | undefined, userAgent: string) => {
      const { requests, readUnits, writeUnits } = await meter(() => visit(counter, { userAgent }));
      return { requests, readUnits, writeUnits };
    };
    const counters = [undefined, 'site', 'about', 'blog/a'];
    for (const [index, counter] of counters.entries()) {
      const visitor = browser(2 + index);
      const first = await costOf(counter, visitor);
      expect(first).toEqual({ requests: 1, readUnits: 0, writeUnits: 2 });
      const later = await costOf(counter, visitor);
      expect(later).toEqual({ requests: 1, readUnits: 0, writeUnits: 3 });
    }
  });
});
