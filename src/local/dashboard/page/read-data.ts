import type { DashboardData } from '../dashboard-data.ts';

/** Data, or why there is none, as a sentence. */
export type ReadResult = DashboardData | { readonly message: string };

/** What the server says about the range; never rejects. */
export const readData = async (range: string | undefined): Promise<ReadResult> => {
  const query = range === undefined ? '' : `?range=${encodeURIComponent(range)}`;
  try {
    const response = await fetch(`dashboard/data${query}`, { signal: AbortSignal.timeout(10_000) });
    return await response.json();
  } catch {
    return { message: 'The counter cannot be reached. Is npm start still running?' };
  }
};
