import type { CounterSummary, Digest } from './digest.ts';
import type { DigestPeriod } from './digest-period.ts';
import { formatCost } from './format-cost.ts';
import { formatDay, formatPeriod, formatWeekday, shortWeekday } from './format-dates.ts';
import { formatCount, formatNumber } from './format-numbers.ts';
import { formatRefusals } from './format-refusals.ts';

/** An e-mail in plain text. */
export interface Mail {
  /** ASCII on one line, at most 100 characters, as SNS demands. */
  readonly subject: string;
  readonly text: string;
}

/**
 * The mail about a digest. It has no columns, because many programs show plain text in a proportional font. The
 * same digest always gives the same text.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const formatDigest = (digest: Digest): Mail => {
  const { name, period, site, others, audit, used } = digest;
  const sections = [
    [`${name}, ${formatPeriod(period)}`],
    formatSite(site, period),
    formatOthers(others),
    formatRefusals(digest),
    formatAudit(audit),
    formatCost(used, period),
    formatEnd(period),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  const text = filled.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
  return { subject: `${name}: ${shortPeriod(period)}`, text };
};

const shortPeriod = (period: DigestPeriod): string =>
  period.rhythm === 'weekly' ? `week of ${formatDay(period.days[0] ?? '')}` : formatPeriod(period);

const newIn = ({ days }: CounterSummary): number =>
  days.reduce((sum, { sessions }) => sum + sessions, 0);

const formatSite = (site: CounterSummary, period: DigestPeriod): string[] => {
  const { total, baseline } = site;
  const older = baseline > 0 ? ` (${formatNumber(baseline)} of them from an older counter)` : '';
  return [
    `New sessions: ${formatNumber(newIn(site))}${formatChange(site, period)}`,
    ...formatBusiest(site),
    ...(period.rhythm === 'weekly' && newIn(site) > 0 ? [formatDays(site)] : []),
    `Total: ${formatNumber(total)}${older}`,
  ];
};

const formatChange = (site: CounterSummary, { rhythm }: DigestPeriod): string => {
  if (site.before === undefined) return '';
  const more = newIn(site) - site.before;
  const before = `in the ${rhythm === 'weekly' ? 'week' : 'month'} before`;
  if (more === 0) return ` (as many as ${before})`;
  return ` (${formatNumber(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} than ${before})`;
};

// The first of several days with the same number.
const formatBusiest = ({ days }: CounterSummary): string[] => {
  const most = Math.max(...days.map(({ sessions }) => sessions));
  const busiest = days.find(({ sessions }) => sessions === most);
  if (busiest === undefined || most <= 0) return [];
  return [`Busiest day: ${formatWeekday(busiest.day)} (${formatNumber(most)})`];
};

const formatDays = ({ days }: CounterSummary): string =>
  `Day by day: ${days.map(({ day, sessions }) => `${shortWeekday(day)} ${formatNumber(sessions)}`).join(', ')}`;

const formatOthers = (others: readonly CounterSummary[]): string[] => {
  if (others.length === 0) return [];
  const lines = others.map(
    (other) =>
      `- ${other.name}: ${formatNumber(newIn(other))} new, ${formatNumber(other.total)} in total`,
  );
  return ['Other counters', ...lines];
};

const formatAudit = (audit: Digest['audit']): string[] => {
  if (audit === undefined) return ['Last audit: none yet'];
  const { at, missing, surplus, uncertainty } = audit;
  const time = `${formatDay(at.slice(0, 10))}, ${at.slice(11, 16)} UTC`;
  const error = uncertainty > 0 ? `; possible error: ${formatCount(uncertainty, 'row')}` : '';
  if (missing + surplus === 0) return [`Last audit: no drift (${time}${error})`];
  return [
    `Last audit: DRIFT of ${formatNumber(missing + surplus)} (${time}${error})`,
    ...(missing > 0
      ? [`- ${formatCount(missing, 'session')} in the table but not in a counter`]
      : []),
    ...(surplus > 0 ? [`- ${formatCount(surplus, 'removed row')} not counted as removed`] : []),
    'What to do: see counter-drift in docs/operations.md.',
  ];
};

const formatEnd = ({ rhythm }: DigestPeriod): string[] => [
  `Days are in UTC. This e-mail is sent ${rhythm === 'weekly' ? 'every Monday' : 'on the first day of each month'}.`,
  'To stop it, set "digest" to "off" and deploy again.',
  'Unsubscribing would also stop the e-mails of the alarms.',
];
