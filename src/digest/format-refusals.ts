import { REFUSAL_REASONS, type RefusalReason } from '../domain/refusal-reason.ts';
import type { Digest } from './digest.ts';
import { formatCount, formatNumber } from './format-numbers.ts';

const MEANINGS: Readonly<Record<RefusalReason, string>> = {
  bot: 'a crawler, or no user agent',
  automation: 'a script that claims to be a browser',
  prefetch: 'the browser only prefetched the page',
  'opt-out': 'the visitor asked not to be tracked',
  origin: 'a page of an origin that is not allowed',
  'no-key': 'the key of the hash could not be read',
  failure: 'an error; see the log of ingest',
  rate: 'too many new sessions of one address',
  'unknown-counter': 'a counter that the settings do not admit',
  'too-many-counters': 'the patterns have admitted as many counters as they may',
};

/** The lines about visits that were refused, the most frequent reason first. */
export const formatRefusals = ({
  visits,
  refused,
}: Pick<Digest, 'visits' | 'refused'>): string[] => {
  const counts = REFUSAL_REASONS.map((reason) => [reason, refused.get(reason) ?? 0] as const)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  // The metrics of visits and refusals are emitted together, but CloudWatch may lack some of either.
  const of = formatCount(Math.max(visits, total), 'visit');
  if (total === 0)
    return [visits > 0 ? `Visits: ${formatNumber(visits)}, none refused` : 'No visits'];
  return [
    `Refused: ${formatNumber(total)} of ${of}`,
    ...counts.map(([reason, count]) => `- ${reason}: ${formatNumber(count)} (${MEANINGS[reason]})`),
  ];
};
