import { MAX_BASELINE } from '../domain/baseline.ts';
import { HISTORY_DAYS } from '../domain/counter.ts';
import { NAME_MAX_LENGTH, NAME_PATTERN } from '../domain/counter-name.ts';
import { COUNTER_REASONS, FILTER_REASONS, type RefusalReason } from '../domain/refusal-reason.ts';

const count = (description: string) => ({ type: 'integer', minimum: 0, description });
const time = (description: string) => ({ type: 'string', format: 'date-time', description });
const instant = time('When the data was read, UTC; no number is older');

/** An object with exactly these properties, all required. */
const exactly = <Properties extends object>(properties: Properties) => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});

/** The same, with both parts of the total while there is a baseline. */
const withParts = <Properties extends object>(properties: Properties) => ({
  ...exactly(properties),
  properties: { ...properties, ...PARTS },
  dependentRequired: { counted_sessions: ['baseline'], baseline: ['counted_sessions'] },
});

const PARTS = {
  counted_sessions: count('The part of `unique_session_count` that this counter has counted'),
  baseline: {
    type: 'object',
    required: ['sessions'],
    additionalProperties: false,
    properties: {
      sessions: { type: 'integer', minimum: 1, maximum: MAX_BASELINE },
      since: { type: 'string', format: 'date', description: 'When the older counter began' },
    },
    description: 'The other part: what an older counter had counted',
  },
};

const VISIT_EFFECT = exactly({
  counted: { const: true },
  new_session: {
    type: 'boolean',
    description: 'Whether the first visit is less than 5 seconds old',
  },
  was_active: { type: 'boolean', description: 'Whether the session was active before' },
});

const VISIT_TIMES = {
  counted_since: time(
    'The first visit, while it is recent; a total with an earlier `counted_until` lacks it',
  ),
  active_since: time('Active sessions with an earlier `active_until` lack this one'),
};

const TOTAL = {
  unique_session_count: count('Distinct sessions, those of an older counter included'),
  counted_until: time('The total lacks every session first seen at or after this time'),
};

const ACTIVE = {
  active_sessions: count('Sessions seen within the active window'),
  active_until: time('The active sessions lack every session that became active after this time'),
};

const COMMON = {
  active_window_minutes: { type: 'integer', minimum: 1, maximum: 1440 },
  as_of: instant,
};

/** The name of a counter. */
export const COUNTER_NAME_SCHEMA = {
  ...{ type: 'string', minLength: 1, maxLength: NAME_MAX_LENGTH, pattern: NAME_PATTERN },
};

const visit = (reasons: readonly RefusalReason[]) => ({
  oneOf: [
    exactly({ counted: { const: true } }),
    {
      ...VISIT_EFFECT,
      properties: { ...VISIT_EFFECT.properties, ...VISIT_TIMES },
      description: 'To pages of configured origins',
    },
    exactly({
      counted: { const: false },
      reason: { enum: reasons, description: 'Why the visit was not counted' },
    }),
  ],
});

const OUTCOMES = exactly({
  counters: {
    type: 'object',
    description: 'The outcome in each of several counters, by name',
    additionalProperties: visit([...FILTER_REASONS, 'rate', ...COUNTER_REASONS]),
  },
});

/** The response bodies of the API, as JSON Schema. */
export const SCHEMAS = {
  Visit: { oneOf: [...visit([...FILTER_REASONS, 'rate', 'too-many-counters']).oneOf, OUTCOMES] },
  Counts: withParts({ ...TOTAL, ...ACTIVE, ...COMMON }),
  CountsOfSeveral: exactly({
    counters: {
      type: 'object',
      description: 'By the name of the counter, without names that the deployment does not admit',
      minProperties: 1,
      propertyNames: COUNTER_NAME_SCHEMA,
      additionalProperties: { anyOf: [withParts({ ...TOTAL, ...ACTIVE }), withParts(TOTAL)] },
    },
    ...COMMON,
  }),
  History: exactly({
    days: {
      type: 'array',
      minItems: 1,
      maxItems: HISTORY_DAYS,
      items: exactly({
        day: { type: 'string', format: 'date', description: 'A day in UTC' },
        new_sessions: count('Sessions whose first visit was on that day'),
      }),
    },
    as_of: instant,
  }),
  HistoryByMonth: exactly({
    months: {
      type: 'array',
      minItems: 1,
      items: exactly({
        month: { type: 'string', pattern: '^\\d{4}-\\d{2}$', description: 'A month in UTC' },
        new_sessions: count('Sessions whose first visit was in that month'),
      }),
    },
    as_of: instant,
  }),
  Error: exactly({ message: { type: 'string', minLength: 1 } }),
} as const;
