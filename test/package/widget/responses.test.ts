import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import type {
  SessionCounts,
  SessionHistory,
  SessionVisit,
  VisitEffect,
} from '../../../package/widget/widget.d.ts';
import { SCHEMAS } from '../../../src/query/openapi-schemas.ts';

const AS_OF = '2026-11-27T09:00:00.000Z';

// The compiler requires each property of a type, and the schema allows no others than its own.
const COUNTS: Required<SessionCounts> = {
  ...{ unique_session_count: 42, active_sessions: 3, active_window_minutes: 60 },
  ...{ counted_until: AS_OF, active_until: AS_OF, as_of: AS_OF },
  ...{ counted_sessions: 35, baseline: { sessions: 7, since: '2019-03-01' } },
};
const HISTORY: Required<SessionHistory> = {
  days: [{ day: '2026-11-27', new_sessions: 3 }],
  as_of: AS_OF,
};
const EFFECT: Required<VisitEffect> = {
  ...{ new_session: true, was_active: false },
  ...{ counted_since: AS_OF, active_since: AS_OF },
};
const VISITS: readonly SessionVisit[] = [
  { counted: true },
  { counted: true, ...EFFECT },
  { counted: true, new_session: false, was_active: true },
  { counted: false, reason: 'bot' },
];

const ajv = new Ajv({ strict: false });
formats.default(ajv);

it.each([
  ['Counts', COUNTS],
  ['History', HISTORY],
  ...VISITS.map((visit) => ['Visit', visit] as const),
] as const)('the type of %s has the properties that the API describes: %o', (name, response) => {
  expect(ajv.validate(SCHEMAS[name], response), ajv.errorsText()).toBe(true);
});
