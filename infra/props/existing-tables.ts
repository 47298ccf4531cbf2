import { Stack, Token } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { InvalidPropError } from './invalid-prop-error.ts';
import type { SessionCounterProps } from './session-counter-props.ts';

/** The tables that a counter uses instead of creating its own. */
export interface ExistingTables {
  readonly sessions: ITable;
  readonly counts: ITable;
}

/**
 * The given tables, or undefined if the counter creates its own. Throws an InvalidPropError if only one of them
 * is given, both are the same, the sessions table has no stream or that of another table, or one of them is in
 * another region or account than the stack. Whatever is known only during the deployment is not checked.
 */
export const checkExistingTables = (
  scope: Construct,
  { sessionsTable, countsTable }: SessionCounterProps,
): ExistingTables | undefined => {
  if (!(sessionsTable || countsTable)) return undefined;
  if (!countsTable) throw missing('countsTable', 'sessionsTable');
  if (!sessionsTable) throw missing('sessionsTable', 'countsTable');
  checkStream(sessionsTable);
  checkDifference(sessionsTable, countsTable);
  checkPlace('sessionsTable', sessionsTable, Stack.of(scope));
  checkPlace('countsTable', countsTable, Stack.of(scope));
  return { sessions: sessionsTable, counts: countsTable };
};

// A counter with the rows of one table and an empty count would lack all sessions, and the reverse.
const missing = (prop: string, given: string): InvalidPropError =>
  new InvalidPropError(prop, `given, too, because ${given} is`, undefined);

const STREAM = /:table\/([^/]+)\/stream\//;

// The restored table has another stream than its source, whose ARN is easily copied by mistake.
const checkStream = ({ tableName, tableStreamArn }: ITable): void => {
  if (tableStreamArn === undefined) {
    const expected =
      'a table with its stream ARN, such as from Table.fromTableAttributes with tableStreamArn';
    throw new InvalidPropError('sessionsTable', expected, tableName);
  }
  const [, owner] = STREAM.exec(tableStreamArn) ?? [];
  if (owner === undefined && Token.isUnresolved(tableStreamArn)) return;
  if (owner === tableName || (owner !== undefined && Token.isUnresolved(tableName))) return;
  throw new InvalidPropError(
    'sessionsTable',
    `a table with the ARN of its own stream, arn:…:table/${tableName}/stream/…`,
    tableStreamArn,
  );
};

const checkDifference = (sessions: ITable, counts: ITable): void => {
  if (sessions !== counts && sessions.tableName !== counts.tableName) return;
  throw new InvalidPropError('countsTable', 'another table than sessionsTable', counts.tableName);
};

const ARN = /^arn:[^:]+:dynamodb:([^:]+):([^:]+):table\//;

// The functions know the tables by their names, which are looked up in the region and account of the stack.
const checkPlace = (prop: string, table: ITable, { region, account }: Stack): void => {
  for (const arn of [table.tableArn, table.tableStreamArn ?? '']) {
    const [, ...place] = ARN.exec(arn) ?? [];
    const isElsewhere = [region, account].some((own, index) => differs(own, place[index]));
    if (!isElsewhere) continue;
    throw new InvalidPropError(prop, 'in the region and account of the stack', arn);
  }
};

const differs = (own: string, given: string | undefined): boolean =>
  given !== undefined && !Token.isUnresolved(own) && !Token.isUnresolved(given) && own !== given;
