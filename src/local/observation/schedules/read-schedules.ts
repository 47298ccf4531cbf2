import * as z from 'zod';
import { parseStrictly } from '../../cloudwatch/parsing/parse-strictly.ts';
import { parseScheduleExpression, type Rhythm } from './schedule-expression.ts';

/** A rule that calls a function. */
export interface Schedule {
  readonly functionName: string;
  readonly rhythm: Rhythm;
}

const RULES = z.array(
  z.looseObject({
    ScheduleExpression: z.string(),
    State: z.literal('ENABLED'),
    Targets: z.array(z.looseObject({ Arn: z.string() })),
  }),
);

/**
 * The schedules of rules with the properties of an `AWS::Events::Rule`, whose references are resolved, so that the ARN
 * of a target is the name of a function. Throws a CloudWatchError for a rule that it does not know.
 */
export const readSchedules = (rules: readonly unknown[]): Schedule[] =>
  parseStrictly('the rules of the template', RULES, rules).flatMap((rule) => {
    const rhythm = parseScheduleExpression(rule.ScheduleExpression);
    return rule.Targets.map(({ Arn }) => ({ functionName: Arn, rhythm }));
  });
