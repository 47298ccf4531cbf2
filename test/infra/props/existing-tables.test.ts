import { Stack } from 'aws-cdk-lib';
import { AttributeType, type ITable, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkExistingTables } from '../../../infra/props/existing-tables.ts';
import { InvalidPropError } from '../../../infra/props/invalid-prop-error.ts';
import { emptyApp } from '../synthesize.ts';

const PLACE = 'arn:aws:dynamodb:eu-central-1:123456789012';
const SESSIONS = `${PLACE}:table/sessions-restored`;
const COUNTS = `${PLACE}:table/counts-restored`;
const streamOf = (table: string): string => `${table}/stream/2026-11-27T12:00:00.000`;
const HERE = { region: 'eu-central-1', account: '123456789012' };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(emptyApp(), 'S', { env: HERE });
});

const imported = (id: string, tableArn: string, tableStreamArn?: string): ITable =>
  Table.fromTableAttributes(stack, id, {
    tableArn,
    ...(tableStreamArn !== undefined && { tableStreamArn }),
  });
const sessions = (tableArn = SESSIONS, stream = streamOf(SESSIONS)): ITable =>
  imported('Sessions', tableArn, stream);
const counts = (tableArn = COUNTS): ITable => imported('Counts', tableArn);

const check = (sessionsTable: ITable | undefined, countsTable: ITable | undefined) =>
  checkExistingTables(stack, {
    ...(sessionsTable && { sessionsTable }),
    ...(countsTable && { countsTable }),
  });

const refusal = (sessionsTable: ITable | undefined, countsTable: ITable | undefined): string => {
  try {
    check(sessionsTable, countsTable);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPropError);
    return (error as Error).message;
  }
  return 'none';
};

describe('existing tables', () => {
  it('are none unless they are given', () => {
    expect(check(undefined, undefined)).toBeUndefined();
  });

  it('are both of those that are given', () => {
    const given = { sessions: sessions(), counts: counts() };
    expect(check(given.sessions, given.counts)).toEqual(given);
  });

  it('are accepted by name in a stack of any region, whose ARNs only the deployment knows', () => {
    stack = new Stack(emptyApp(), 'Anywhere');
    const tableStreamArn = streamOf(SESSIONS);
    const byName = { tableName: 'sessions-restored', tableStreamArn };
    const table = Table.fromTableAttributes(stack, 'Sessions', byName);
    expect(check(table, Table.fromTableName(stack, 'Counts', 'counts'))).toBeDefined();
  });

  it('are accepted if they are created in the same app', () => {
    const partitionKey = { name: 'session_hash', type: AttributeType.STRING };
    const stream = StreamViewType.NEW_AND_OLD_IMAGES;
    const own = new Table(stack, 'Own', { partitionKey, stream });
    expect(check(own, new Table(stack, 'OwnCounts', { partitionKey }))).toBeDefined();
  });
});

interface Refused {
  readonly what: string;
  readonly tables: () => readonly [sessions: ITable | undefined, counts: ITable | undefined];
  readonly message: string;
}

describe('existing tables are refused', () => {
  it.each<Refused>([
    {
      what: 'without the counts table',
      tables: () => [sessions(), undefined],
      message: 'countsTable must be given, too, because sessionsTable is, but it is undefined',
    },
    {
      what: 'without the sessions table',
      tables: () => [undefined, counts()],
      message: 'sessionsTable must be given, too, because countsTable is, but it is undefined',
    },
    {
      what: 'without the ARN of the stream',
      tables: () => [imported('Sessions', SESSIONS), counts()],
      message:
        'sessionsTable must be a table with its stream ARN, such as from Table.fromTableAttributes with ' +
        'tableStreamArn, but it is "sessions-restored"',
    },
    {
      what: 'with the stream of the table that was restored',
      tables: () => [sessions(SESSIONS, streamOf(`${PLACE}:table/sessions`)), counts()],
      message:
        'sessionsTable must be a table with the ARN of its own stream, ' +
        'arn:…:table/sessions-restored/stream/…, but it is ' +
        `"${streamOf(`${PLACE}:table/sessions`)}"`,
    },
    {
      what: 'with the ARN of the table as that of its stream',
      tables: () => [sessions(SESSIONS, SESSIONS), counts()],
      message: 'sessionsTable must be a table with the ARN of its own stream',
    },
    {
      what: 'if both are the same',
      tables: () => [sessions(), counts(SESSIONS)],
      message:
        'countsTable must be another table than sessionsTable, but it is "sessions-restored"',
    },
    {
      what: 'in another region',
      tables: () => [sessions(), counts(COUNTS.replace('eu-central-1', 'eu-west-1'))],
      message:
        'countsTable must be in the region and account of the stack, but it is "arn:aws:dyna',
    },
    {
      what: 'with a stream in another account',
      tables: () => [
        sessions(SESSIONS, streamOf(SESSIONS).replace('123456789012', '210987654321')),
        counts(),
      ],
      message:
        'sessionsTable must be in the region and account of the stack, but it is "arn:aws:dyna',
    },
  ])('$what', ({ tables, message }) => {
    expect(refusal(...tables())).toContain(message);
  });
});
