import { describe, expect, it } from 'vitest';
import { createSurveyTally } from '../../../src/cli/retract/interval-survey.ts';

const NOW_MS = Date.parse('2026-11-27T12:30:00.000Z');
const survey = (from: string, to: string, times: readonly string[]) => {
  const tally = createSurveyTally({ from, to }, NOW_MS);
  for (const time of times) tally.add(Date.parse(time));
  tally.add(undefined);
  return tally.survey();
};
const shown = ({ buckets }: ReturnType<typeof survey>) =>
  buckets
    .filter(({ inside, outside }) => inside + outside > 0)
    .map(({ startMs, ...numbers }) => [new Date(startMs).toISOString().slice(0, 16), numbers]);

describe('a survey of an interval', () => {
  it('includes its first millisecond, and not its end', () => {
    const times = [
      '2026-11-27T03:30:00.000Z',
      '2026-11-27T03:29:59.999Z',
      '2026-11-27T04:10:00.000Z',
    ];
    const found = survey('2026-11-27T03:30:00.000Z', '2026-11-27T04:10:00.000Z', times);
    expect(found.sessions).toBe(1);
    expect(shown(found)).toEqual([
      ['2026-11-27T03:00', { inside: 1, outside: 1 }],
      ['2026-11-27T04:00', { inside: 0, outside: 1 }],
    ]);
  });

  it('shows six hours before and after it, but none in the future', () => {
    const { buckets, bucketMs } = survey(
      '2026-11-27T03:30:00.000Z',
      '2026-11-27T05:00:00.000Z',
      [],
    );
    expect(bucketMs).toBe(3_600_000);
    expect(buckets.map(({ startMs }) => new Date(startMs).toISOString().slice(5, 16))).toEqual([
      ...['11-26T21:00', '11-26T22:00', '11-26T23:00', '11-27T00:00', '11-27T01:00', '11-27T02:00'],
      ...['11-27T03:00', '11-27T04:00', '11-27T05:00', '11-27T06:00', '11-27T07:00', '11-27T08:00'],
      ...['11-27T09:00', '11-27T10:00'],
    ]);
    const late = survey('2026-11-27T11:00:00.000Z', '2026-11-27T12:00:00.000Z', []);
    expect(late.buckets.at(-1)?.startMs).toBe(Date.parse('2026-11-27T12:00:00.000Z'));
  });

  it('counts the sessions at the same hours of the seven days before', () => {
    const times = [
      ...['2026-11-26T03:00:00.000Z', '2026-11-26T04:59:59.999Z', '2026-11-26T05:00:00.000Z'],
      ...['2026-11-20T03:00:00.000Z', '2026-11-19T03:00:00.000Z', '2026-11-28T03:00:00.000Z'],
    ];
    const found = survey('2026-11-27T03:00:00.000Z', '2026-11-27T05:00:00.000Z', times);
    expect(found).toMatchObject({ periodDays: 1, earlier: [2, 0, 0, 0, 0, 0, 1], sessions: 0 });
  });

  it('of more than a day compares the time before it in steps of whole days', () => {
    const times = [
      '2026-11-24T03:00:00.000Z',
      '2026-11-23T04:00:00.000Z',
      '2026-11-23T02:59:59.999Z',
    ];
    const found = survey('2026-11-25T03:00:00.000Z', '2026-11-26T05:00:00.000Z', times);
    expect(found).toMatchObject({ periodDays: 2, earlier: [2, 0, 0, 0, 0, 0, 0] });
  });

  it('that begins decades before the first session begins six numbers before it', () => {
    const [from, to] = ['1970-01-01T00:00:00.000Z', '2026-11-27T00:00:00.000Z'];
    const { buckets } = survey(from, to, ['2026-11-20T12:00:00.000Z']);
    expect(buckets.map(({ inside }) => inside)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(survey(from, to, []).buckets).toHaveLength(6);
  });

  it('of more than four days counts by day', () => {
    const times = [
      '2026-11-20T23:00:00.000Z',
      '2026-11-21T01:00:00.000Z',
      '2026-11-21T02:00:00.000Z',
    ];
    const found = survey('2026-11-20T00:00:00.000Z', '2026-11-24T00:00:00.001Z', times);
    expect(found.bucketMs).toBe(86_400_000);
    expect(found.buckets).toHaveLength(14);
    expect(shown(found)).toEqual([
      ['2026-11-20T00:00', { inside: 1, outside: 0 }],
      ['2026-11-21T00:00', { inside: 2, outside: 0 }],
    ]);
  });

  it('of any length has no more numbers than fit on a screen, none before 1970', () => {
    for (const from of ['2026-08-01', '1970-01-01', '0000-01-01']) {
      const times = ['2026-08-23T00:00:00.000Z', '2026-11-27T11:00:00.000Z'];
      const found = survey(`${from}T00:00:00.000Z`, '2026-11-27T12:00:00.000Z', times);
      const shownSessions = found.buckets.reduce((sum, { inside }) => sum + inside, 0);
      expect({ from, sessions: found.sessions, shownSessions }).toEqual({
        ...{ from, sessions: 2, shownSessions: 2 },
      });
      expect(found.buckets.length).toBeLessThanOrEqual(110);
      expect(found.buckets[0]?.startMs).toBeGreaterThanOrEqual(0);
    }
    const early = survey('0000-01-01T00:00:00.000Z', '1960-01-01T00:00:00.000Z', []);
    expect(early).toMatchObject({ sessions: 0, buckets: [] });
  });
});
