import type { SettingName } from './counter-settings.ts';

/** What a setting may be, and what it is for. */
export interface Definition {
  /** Draft-07 JSON schema: it judges the file, and completes it in an editor. */
  readonly schema: object;
  /** The same in words, after "must be". */
  readonly expected: string;
  /** Its line in docs/operations.md, and what an editor shows. */
  readonly meaning: string;
}

const wholeNumber = (minimum: number, maximum: number, meaning: string): Definition => ({
  schema: { type: 'integer', minimum, maximum },
  expected: `a whole number from ${minimum} to ${maximum}`,
  meaning,
});

/**
 * Every setting of a deployment. The schema file, the table in docs/operations.md and the messages
 * about a wrong file all come from here.
 */
export const DEFINITIONS: Readonly<Record<SettingName, Definition>> = {
  name: {
    // What CloudFormation demands of a stack, cut at what a counter may be called.
    schema: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$' },
    expected: 'a letter, then up to 63 letters, digits or -',
    meaning: 'the name of the stack and the counter; another name is another counter, from 0',
  },
  allowedOrigins: {
    schema: {
      anyOf: [
        { const: '*' },
        { type: 'array', minItems: 1, items: { type: 'string', pattern: '^https?://[^/*]+$' } },
      ],
    },
    expected: '"*" or a list of origins such as ["https://example.com"]',
    meaning: 'the origins whose pages may count and read: `"*"` or a list of them',
  },
  activeWindowMinutes: wholeNumber(1, 1440, 'how long a session counts as active, 1 to 1440'),
  activeShards: wholeNumber(
    1,
    64,
    'partitions of the index of active sessions, 1 to 64; each takes about 660 visits a second',
  ),
  touchIntervalSeconds: wholeNumber(
    0,
    3_600,
    'visits that follow the last one of their session within less leave its row as it is, at a third of the write units',
  ),
  activeReadUnitsPerSecond: wholeNumber(
    1,
    1_000_000,
    'read units that each container of query may use on counting active sessions',
  ),
  retentionDays: {
    schema: { anyOf: [{ type: 'integer', minimum: 1, maximum: 3650 }, { const: 'forever' }] },
    expected: 'a whole number from 1 to 3650, or "forever"',
    meaning: 'days from the last visit until a row goes, or `"forever"`',
  },
  hashScheme: {
    schema: { enum: ['hmac-sha256', 'sha256'] },
    expected: '"hmac-sha256" or "sha256"',
    meaning: 'or `"sha256"`, to go on matching rows of an older counter',
  },
  ratePerSecond: wholeNumber(
    1,
    10_000,
    'requests a second that each route lets through, in the long run; the maxima of the tables follow',
  ),
  burst: wholeNumber(1, 5_000, 'requests at once that each route lets through'),
  alarmEmail: {
    schema: { anyOf: [{ type: 'string', pattern: '^[^\\s@]+@[^\\s@]+$' }, { type: 'null' }] },
    expected: 'an e-mail address, or null for nobody',
    meaning: 'who is told of alarms; the first e-mail asks to confirm. `null`: nobody',
  },
  keepTables: {
    schema: { type: 'boolean' },
    expected: 'true or false',
    meaning: '`false` lets `npm run destroy` delete the tables and the key',
  },
  runbookUrl: {
    schema: { anyOf: [{ type: 'string', pattern: '^https?://\\S+$' }, { type: 'null' }] },
    expected: 'a web address, or null for the dashboard',
    meaning:
      'the address of your copy of this page, to which the alarms then link. `null`: they link to the dashboard',
  },
};
