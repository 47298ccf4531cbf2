import { HISTORY_DAYS } from '../domain/counter.ts';
import { FILTER_REASONS } from '../domain/refusal-reason.ts';

const count = (description: string) => ({ type: 'integer', minimum: 0, description });
const instant = {
  type: 'string',
  format: 'date-time',
  description: 'When the data was read, UTC; no number is older',
};

/** An object with exactly these properties, all required. */
const exactly = <Properties extends object>(properties: Properties) => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});

/** The response bodies of the API, as JSON Schema. */
export const SCHEMAS = {
  Visit: {
    oneOf: [
      exactly({ counted: { const: true } }),
      exactly({
        counted: { const: false },
        reason: { enum: FILTER_REASONS, description: 'The filter that refused the visit' },
      }),
    ],
  },
  Counts: exactly({
    unique_session_count: count('Distinct sessions since the counter started'),
    active_sessions: count('Sessions seen within the active window'),
    active_window_minutes: { type: 'integer', minimum: 1, maximum: 1440 },
    as_of: instant,
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
  Error: exactly({ message: { type: 'string', minLength: 1 } }),
} as const;
