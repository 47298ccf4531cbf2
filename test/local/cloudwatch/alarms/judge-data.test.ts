import { expect, it } from 'vitest';
import type { MissingData } from '../../../../src/local/cloudwatch/alarms/alarm-definition.ts';
import {
  type AlarmState,
  evaluationRange,
  type Judgement,
  judgeData,
} from '../../../../src/local/cloudwatch/alarms/judge-data.ts';

const JUDGEMENTS: Readonly<Record<string, Judgement>> = {
  '0': 'notBreaching',
  X: 'breaching',
  '-': 'missing',
};

const RULE = { comparison: '>=', threshold: 1, evaluationPeriods: 3 } as const;

const judge = (points: string, datapointsToAlarm: number, missingData: MissingData) =>
  judgeData(
    points.split(' ').map((point) => JUDGEMENTS[point] as Judgement),
    { ...RULE, datapointsToAlarm, missingData },
  ) ?? 'Retain current state';

const OK: AlarmState = 'OK';
const ALARM: AlarmState = 'ALARM';
const INSUFFICIENT: AlarmState = 'INSUFFICIENT_DATA';
const RETAIN = 'Retain current state';

// Columns: data points; missing; ignore; breaching; notBreaching.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
it.each([
  ['0 - X - X', OK, OK, OK, OK],
  ['0 - - - -', OK, OK, OK, OK],
  ['- - - - -', INSUFFICIENT, RETAIN, ALARM, OK],
  ['0 X X - X', ALARM, ALARM, ALARM, ALARM],
  ['- - X - -', ALARM, RETAIN, ALARM, OK],
])('judges %s as AWS documents for three of three data points', (points, ...states) => {
  expect(judgeEach(points, 3)).toEqual(states);
});

// The same page: "2 out of 3".
it.each([
  ['0 - X - X', ALARM, ALARM, ALARM, ALARM],
  ['0 0 X 0 X', ALARM, ALARM, ALARM, ALARM],
  ['0 - X - -', OK, OK, ALARM, OK],
  ['- - - - 0', OK, OK, ALARM, OK],
  ['- - - X -', ALARM, RETAIN, ALARM, OK],
])('judges %s as AWS documents for two of three data points', (points, ...states) => {
  expect(judgeEach(points, 2)).toEqual(states);
});

// An earlier version of the page had these rows, of three of three and two of three data points.
// https://github.com/awsdocs/amazon-cloudwatch-user-guide/blob/05fd32f63861ca6646c8aa5c94334fd6e0dfdbf5/doc_source/AlarmThatSendsEmail.md
it.each([
  ['- - - - X', 3, INSUFFICIENT, RETAIN, ALARM, OK],
  ['X - - - -', 3, ALARM, RETAIN, ALARM, OK],
  ['- - - - X', 2, INSUFFICIENT, RETAIN, ALARM, OK],
] as const)('judges %s as AWS documented for %s of three data points', (points, m, ...states) => {
  expect(judgeEach(points, m)).toEqual(states);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html#CloudWatch-alarms-avoiding-premature-transition
it.each([
  ['- - - - X', INSUFFICIENT],
  ['- - - X -', INSUFFICIENT],
  ['- - - X 0', OK],
  ['- - X - 0', OK],
  ['- - X - -', ALARM],
])('does not go off too early with %s', (points, state) => {
  expect(judge(points, 3, 'missing')).toBe(state);
});

it('retrieves five data points for three, as in the example of AWS', () => {
  expect(evaluationRange(3)).toBe(5);
});

const judgeEach = (points: string, datapointsToAlarm: number) =>
  (['missing', 'ignore', 'breaching', 'notBreaching'] as const).map((missingData) =>
    judge(points, datapointsToAlarm, missingData),
  );
