import type { PermittedFunction } from './permitted-functions.ts';
import { type Grant, grantsOf } from './statement.ts';

/** A grant as the documentation names it. */
export interface ListedGrant {
  readonly functionName: string;
  readonly action: string;
  /** What the resource is, in every deployment. */
  readonly place: string;
  /** The only items to which it applies, such as `name/*`; none for all. */
  readonly keys: readonly string[];
}

/** What the resources of grants are called; the first that matches. */
const PLACES: readonly (readonly [pattern: RegExp, place: string])[] = [
  [/^\*$/, 'every metric'],
  [/:table\/.*sessions.*\/stream\//i, 'stream of the sessions table'],
  [/:table\/.*sessions.*\/index\/active-sessions$/i, 'index of active sessions'],
  [/:table\/[^/]*sessions[^/]*$/i, 'sessions table'],
  [/:table\/[^/]*counts[^/]*$/i, 'counts table'],
  [/:kms:.*sessions$/, 'key of the sessions table'],
  [/:kms:.*counts$/, 'key of the counts table'],
  [/:kms:.*topic$/, 'key of the topic of the alarms'],
  [/:ssm:.*:parameter\//, 'parameter of the hash key'],
  [/:secretsmanager:/, 'secret of the hash key'],
  [/:sns:/, 'topic of the alarms'],
  [/:event-source-mapping:/, 'event source mapping'],
  [/:log-group:/, 'its log group'],
];

const placeOf = (resource: string): string =>
  PLACES.find(([pattern]) => pattern.test(resource))?.[1] ?? resource;

/** What a function is allowed. */
export const listGrants = ({
  name,
  statements,
}: Pick<PermittedFunction, 'name' | 'statements'>): ListedGrant[] =>
  statements.flatMap(grantsOf).map(({ action, resource, condition }) => ({
    ...{ functionName: name, action, place: placeOf(resource) },
    keys: keysIn(condition),
  }));

// Of the conditions only this one is known here; another one is shown as it is.
const keysIn = (condition: Grant['condition']): string[] =>
  Object.entries(condition ?? {}).flatMap(([operator, tests]) => {
    if (operator === 'Null') return [];
    const { 'dynamodb:LeadingKeys': keys, ...others } = tests;
    const unknown = Object.keys(others).length > 0 ? [JSON.stringify(others)] : [];
    return [...[keys ?? []].flat().map(String), ...unknown];
  });
