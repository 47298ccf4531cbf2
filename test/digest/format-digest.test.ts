import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../src/digest/digest.ts';
import { lastPeriod } from '../../src/digest/digest-period.ts';
import { formatDigest } from '../../src/digest/format-digest.ts';
import { REFUSAL_REASONS } from '../../src/domain/refusal-reason.ts';
import { digestOf, summaryOf } from './digest-facts.ts';

const AUDITED = { at: '2026-11-23T06:31:40.123Z', missing: 0, surplus: 0, uncertainty: 0 };

const USED = {
  ...{ requests: 11_204, calls: 33_871, gigabyteSeconds: 402.7 },
  ...{ writeUnits: 9_420, readUnits: 21_355.5 },
};

const USUAL = digestOf({
  site: summaryOf([41, 38, 52, 87, 40, 30, 24], { before: 271, total: 4_852 }),
  ...{ visits: 2_310, audit: AUDITED, used: USED },
  refused: new Map([
    ['bot', 212],
    ['opt-out', 31],
  ]),
});

const MAILS: Readonly<Record<string, Digest>> = {
  'a usual week': USUAL,
  'no sessions, and no audit yet': digestOf(),
  'a quiet week': digestOf({
    site: summaryOf([0, 0, 1], { before: 1, total: 17 }),
    ...{ visits: 1, audit: { ...AUDITED, uncertainty: 1 } },
    used: { requests: 1, calls: 10_081, gigabyteSeconds: 21, writeUnits: 3, readUnits: 10_090.5 },
  }),
  'a burst with refusals': digestOf({
    site: summaryOf([40, 5_210, 36], { before: 310, total: 1_234_567 }),
    ...{ visits: 4_120_377, audit: AUDITED },
    refused: new Map([
      ['bot', 212],
      ['rate', 4_102_950],
      ['automation', 9_120],
      ['prefetch', 0],
    ]),
    used: {
      ...{ requests: 4_130_000, calls: 4_160_000, gigabyteSeconds: 9_870.25 },
      ...{ writeUnits: 4_200_500, readUnits: 31_000 },
    },
  }),
  drift: digestOf({
    ...USUAL,
    audit: { ...AUDITED, missing: 3, surplus: 1, uncertainty: 2 },
  }),
  'several counters, with a baseline': digestOf({
    ...USUAL,
    site: summaryOf([41, 38, 52, 87, 40, 30, 24], {
      ...{ before: undefined, total: 53_062, baseline: 48_210 },
    }),
    others: [
      summaryOf([0, 12], { name: 'blog/first-post', total: 7_012, before: 40 }),
      summaryOf([], { name: 'about', total: 120, baseline: 100 }),
    ],
  }),
  'a month': digestOf(
    {
      site: summaryOf([9, 0, 12, ...Array(20).fill(3)], { before: 90, total: 990 }, 'monthly'),
      ...{ visits: 300, audit: AUDITED, used: USED },
    },
    'monthly',
  ),
};

// After a change of the text: npx vitest run test/digest --update
it.each(Object.entries(MAILS))('is the mail about %s', async (name, digest) => {
  const { subject, text } = formatDigest(digest);
  const mail = `Subject: ${subject}\n\n${text}`;
  await expect(mail).toMatchFileSnapshot(`mails/${name.replaceAll(/[ ,]+/g, '-')}.txt`);
});

it('is the example in the documentation', () => {
  const { text } = formatDigest(USUAL);
  const example = text.replaceAll(/^(?=.)/gm, '    ');
  expect(readFileSync('docs/operations.md', 'utf8')).toContain(`\n${example}`);
});

describe('the subject', () => {
  const LONGEST = 'x'.repeat(64);

  // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
  it.each(['weekly', 'monthly'] as const)('of any %s digest is what SNS takes', (rhythm) => {
    for (let month = 1; month <= 12; month += 1) {
      const period = lastPeriod(rhythm, Date.UTC(2026, month, 30));
      const { subject } = formatDigest({ ...digestOf({}, rhythm), name: LONGEST, period });
      expect(subject).toMatch(/^[!-~][ -~]{0,99}$/);
    }
  });
});

describe('the period', () => {
  const periodAt = (day: string): string => {
    const digest = { ...digestOf(), period: lastPeriod('weekly', Date.parse(day)) };
    return formatDigest(digest).text.split('\n')[0] ?? '';
  };

  it.each([
    { day: '2026-11-23', period: '16 to 22 November 2026' },
    { day: '2026-12-07', period: '30 November to 6 December 2026' },
    { day: '2027-01-04', period: '28 December 2026 to 3 January 2027' },
  ])('before $day is $period', ({ day, period }) => {
    expect(periodAt(day)).toBe(`blog, ${period}`);
  });
});

it('says what each reason of a refusal means', () => {
  const refused = new Map(REFUSAL_REASONS.map((reason) => [reason, 1] as const));
  const { text } = formatDigest(digestOf({ visits: 10, refused }));
  for (const reason of REFUSAL_REASONS)
    expect(text).toMatch(new RegExp(`^- ${reason}: 1 \\(\\w.+\\)$`, 'm'));
});

it('writes large sums of money with commas', () => {
  const used = { ...USED, requests: 1_234_500_000 };
  const { text } = formatDigest(digestOf({ used }));
  expect(text).toContain('\n- HTTP API: 1,234.50 USD (1,234,500,000 requests)\n');
});

it('never says that more visits were refused than came', () => {
  const { text } = formatDigest(digestOf({ visits: 0, refused: new Map([['bot', 3]]) }));
  expect(text).toContain('Refused: 3 of 3 visits\n');
});
