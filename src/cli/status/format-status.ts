import { shownTotal } from '../../domain/baseline.ts';
import { SITE } from '../../domain/counter-name.ts';
import { commandLine } from '../../runtime/command-line.ts';
import type { Paint } from '../console/console.ts';
import { describeBaseline } from '../describe-baseline.ts';
import type { Status } from './read-status.ts';

/** Formats a status as text. */
export const formatStatus = (status: Status, paint: Paint): string =>
  [
    paint('bold', status.target),
    ...(status.counter === SITE ? [] : [line('Counter', status.counter)]),
    line('Distinct sessions', shownTotal(status)),
    ...describeParts(status),
    line('Active now', `${status.active} (${status.settings.activeWindowMinutes} minutes)`),
    line('New today (UTC)', status.newToday),
    line('Rows removed', `${status.removed} (${status.rows} in the table)`),
    line('Last counted', status.updatedAt ?? 'never'),
    ...status.checkpoints.map(({ shardId, sequence, ageSeconds }) =>
      line('Checkpoint', `${shardId} at ${sequence}, ${ageSeconds} s old`),
    ),
    line('Last audit', describeAudit(status, paint)),
    ...describeRebuilds(status, paint),
    ...describeUndo(status, paint),
    ...describeSettings(status),
    ...describeLargest(status, paint),
  ].join('\n');

const line = (label: string, value: string | number): string => `  ${label.padEnd(18)} ${value}`;

const describeParts = ({ total, baseline }: Status): string[] =>
  baseline === undefined
    ? []
    : [line('  counted', total), line('  baseline', describeBaseline(baseline))];

const describeAudit = ({ lastAudit }: Status, paint: Paint): string => {
  if (lastAudit === undefined) return `none yet; ${commandLine('verify')} compares now`;
  const { at, missing, surplus, uncertainty } = lastAudit;
  const found = `${missing} missing, ${surplus} surplus, ± ${uncertainty}`;
  return `${paint(missing + surplus === 0 ? 'green' : 'red', found)}, ${at}`;
};

const describeRebuilds = ({ rebuild, rebuilt }: Status, paint: Paint): string[] => [
  ...(rebuild
    ? [line('Rebuild', paint('yellow', `in progress or killed, cutoff ${rebuild.cutoff}`))]
    : []),
  ...(rebuilt
    ? [
        line(
          'Last rebuild',
          `${rebuilt.at}, changed the total by ${rebuilt.total}, removed by ${rebuilt.removed}`,
        ),
      ]
    : []),
];

const describeUndo = ({ undo, lastUndo }: Status, paint: Paint): string[] => {
  if (lastUndo === undefined) return [];
  if (undo === undefined) return [line('Retract or restore', `last begun ${lastUndo}`)];
  const { from, to } = undo;
  return [
    line(
      undo.kind === 'retract' ? 'Retract' : 'Restore',
      paint('yellow', `in progress or killed, from ${from} to ${to}`),
    ),
  ];
};

// A deployment with the counter of its site alone has nothing to compare.
const describeLargest = ({ counters, largest }: Status, paint: Paint): string[] =>
  counters === 1
    ? []
    : [
        paint('bold', `The largest of ${counters} counters, by distinct sessions`),
        ...largest.map((one) => `  ${String(shownTotal(one)).padStart(9)} ${one.counter}`),
      ];

const describeSettings = ({ settings, keyFingerprint }: Status): string[] => {
  const { allowedOrigins, edgeSecret, retentionDays, activeShards, hashScheme } = settings;
  const origins = allowedOrigins === '*' ? '*' : allowedOrigins.join(', ');
  return [
    line('Allowed origins', origins),
    ...(edgeSecret === undefined ? [] : [line('Edge secret', edgeSecret)]),
    line('Rows kept', retentionDays === 0 ? 'forever' : `${retentionDays} days`),
    line('Hash scheme', hashScheme),
    line('Hash key', keyFingerprint),
    line('Active shards', activeShards),
  ];
};
