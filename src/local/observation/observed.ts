import * as z from 'zod';
import { parseJson, parseStrictly } from '../cloudwatch/parsing/parse-strictly.ts';
import {
  createTemplateResolver,
  type ObservedTemplate,
  readTemplate,
  type Template,
} from '../cloudwatch/template/read-template.ts';
import type { TableNames } from '../database.ts';
import { localNames } from './local-names.ts';
import { readSchedules, type Schedule } from './schedules/read-schedules.ts';

/** What the local run observes, and how. */
export interface Observed extends ObservedTemplate {
  readonly schedules: readonly Schedule[];
  /** The format of a line of the access log, with variables such as `$context.status`. */
  readonly accessLogFormat: string;
}

const PROPERTIES = z.record(z.string(), z.unknown());

const SCHEMA = z.strictObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: PROPERTIES.optional() }),
  ),
  Conditions: PROPERTIES,
  paths: z.record(z.string(), z.string()),
});

/**
 * Reads the JSON that `infra/observed/main.ts` prints, for a run with these tables. Throws a CloudWatchError for
 * anything in it that the local run does not know.
 */
export const readObserved = (json: string, tables: TableNames): Observed => {
  const { paths, ...template } = parseStrictly(WHAT, SCHEMA, parseJson(WHAT, json));
  const resolve = createTemplateResolver(template as Template, localNames(paths, tables));
  const ofType = (type: string): unknown[] =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => resolve(Properties));
  return {
    ...readTemplate(template as Template, resolve),
    schedules: readSchedules(ofType('AWS::Events::Rule')),
    accessLogFormat: readAccessLogFormat(ofType('AWS::ApiGatewayV2::Stage')),
  };
};

const WHAT = 'the observed part of the template';

const STAGES = z.tuple([
  z.looseObject({ AccessLogSettings: z.looseObject({ Format: z.string() }) }),
]);

const readAccessLogFormat = (stages: unknown[]): string =>
  parseStrictly('the stages of the template', STAGES, stages)[0].AccessLogSettings.Format;
