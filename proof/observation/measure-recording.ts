import { numbered } from './recording/follow-shard.ts';
import { formatDuration, formatSpread, formatTime } from './recording/format-time.ts';
import { byShard, type Invocation, type Recording } from './recording/recording.ts';

/** Measurements in addition to the assumptions, by name. */
export type Measurements = Readonly<Record<string, string>>;

/** Measures a recording with at least one invocation. */
export const measureRecording = (recording: Recording): Measurements => {
  const { invocations, lastMs, gaps, unreadable } = recording;
  const firstMs = invocations[0]?.beganMs ?? lastMs;
  return {
    recorded: `${formatTime(firstMs)} to ${formatTime(lastMs)}, ${formatDuration(lastMs - firstMs)}`,
    invocations: describeInvocations(invocations),
    records: describeRecords(invocations),
    shards: describeShards(recording),
    'missing lines': `${gaps.length} periods with possibly missing lines; ${unreadable} unreadable lines`,
  };
};

const count = (invocations: readonly Invocation[], is: (one: Invocation) => boolean): number =>
  invocations.filter(is).length;

const describeInvocations = (all: readonly Invocation[]): string =>
  [
    `${count(all, ({ outcome }) => outcome === 'taken')} taken`,
    `${count(all, ({ outcome }) => outcome === 'failed')} failed on purpose`,
    `${count(all, ({ outcome }) => outcome === 'unknown')} with an unknown end`,
    `${count(all, ({ isFinal }) => isFinal)} final ones of a window`,
    `${count(all, ({ records }) => records.length === 0)} empty`,
  ].join(', ');

const describeRecords = (all: readonly Invocation[]): string => {
  const names = all.flatMap(({ records }) => records).map(({ name }) => name);
  const kinds = { I: 'INSERT', R: 'REMOVE', M: 'MODIFY', '?': 'other' };
  const counts = Object.entries(kinds).map(
    ([letter, kind]) => `${names.filter((name) => name === letter).length} ${kind}`,
  );
  const largest = all.reduce((most, { records }) => Math.max(most, records.length), 0);
  return `${counts.join(', ')}, redelivered ones included; ${largest} in the largest batch`;
};

// A shard with children is closed. Its records show how long it was open.
const describeShards = (recording: Recording): string => {
  const shards = byShard(recording);
  const parents = new Set([...recording.parents.values()]);
  const closed = [...shards].filter(([shardId]) => parents.has(shardId));
  const livesMs = closed.flatMap(([, invocations]) => lifeOf(invocations) ?? []);
  const lives = livesMs.length > 0 ? `, with records of ${formatSpread(livesMs)}` : '';
  return (
    `${shards.size} delivered, ${closed.length} of them closed${lives}; ` +
    `${recording.parents.size} listed`
  );
};

const lifeOf = (invocations: readonly Invocation[]): number | undefined => {
  const times = invocations.flatMap(numbered).flatMap(({ writtenMs }) => writtenMs ?? []);
  if (times.length < 2) return undefined;
  const least = times.reduce((a, b) => Math.min(a, b));
  return times.reduce((a, b) => Math.max(a, b)) - least;
};
