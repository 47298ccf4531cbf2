import { Arn, ArnFormat, type Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { SessionCounterProps } from '../props/session-counter-props.ts';
import type { CounterSettings } from '../settings/counter-settings.ts';

/** The existing tables that these settings name, as props; no props if they name none. */
export const importTables = (
  stack: Stack,
  { sessionsTableStream, countsTable }: CounterSettings,
): Pick<SessionCounterProps, 'sessionsTable' | 'countsTable'> => {
  if (sessionsTableStream === null || countsTable === null) return {};
  return {
    sessionsTable: Table.fromTableAttributes(stack, 'Sessions', {
      tableName: tableOf(sessionsTableStream),
      tableStreamArn: sessionsTableStream,
    }),
    countsTable: Table.fromTableName(stack, 'Counts', countsTable),
  };
};

// table/NAME/stream/TIME
const tableOf = (streamArn: string): string =>
  Arn.split(streamArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName?.split('/')[0] ?? '';
