import { HISTORY_DAYS } from '../domain/counter-change.ts';
import {
  BADGE_PATH,
  COUNTS_PATH,
  HISTORY_PATH,
  OPENAPI_PATH,
  OWN_SESSION_PATH,
  SESSIONS_PATH,
  WIDGET_PATH,
} from '../http/paths.ts';
import { SCHEMAS } from './openapi-schemas.ts';

const json = (description: string, schema: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
});
const text = (description: string, contentType: string) => ({
  description,
  content: { [contentType]: { schema: { type: 'string' } } },
});
const parameter = (name: string, description: string, schema: object) => ({
  ...{ name, in: 'query', required: false, description, schema },
});

const mistake = json('A parameter is nonsense; the message says which.', 'Error');
const unavailable = {
  ...json('The counter is not available now.', 'Error'),
  headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'string' } } },
};
const refusedOrigin = json('Pages of this origin may not do that.', 'Error');

/** The description of the whole API, ingest's part included. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'session-counter',
    version: '1.0.0',
    description:
      'Distinct and active browser sessions of a page. Every status has CORS headers, but not what API Gateway answers by itself, such as 429; every error has a message.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [],
  paths: {
    [SESSIONS_PATH]: {
      post: {
        operationId: 'countVisit',
        summary: 'Counts a visit of the caller; needs no body and no preflight',
        responses: {
          202: json('Counted, or not, with the reason.', 'Visit'),
          403: refusedOrigin,
          503: unavailable,
        },
      },
    },
    [OWN_SESSION_PATH]: {
      delete: {
        operationId: 'forgetSession',
        summary: "Deletes the caller's session row; the total stays",
        responses: {
          204: {
            description:
              'There is no row of the caller; a visit under way may still write one, for 15 seconds.',
          },
          403: refusedOrigin,
          503: unavailable,
        },
      },
    },
    [COUNTS_PATH]: {
      get: {
        operationId: 'readCounts',
        summary: 'Both numbers, neither older than as_of, which is a minute ago at most',
        responses: { 200: json('The counts.', 'Counts'), 503: unavailable },
      },
    },
    [HISTORY_PATH]: {
      get: {
        operationId: 'readHistory',
        summary: 'New sessions by UTC day, the oldest first, today last',
        parameters: [
          parameter('days', 'How many days', {
            type: 'integer',
            minimum: 1,
            maximum: HISTORY_DAYS,
            default: 30,
          }),
        ],
        responses: { 200: json('The history.', 'History'), 400: mistake, 503: unavailable },
      },
    },
    [BADGE_PATH]: {
      get: {
        operationId: 'readBadge',
        summary: 'One of the numbers as a picture; counts no visit',
        parameters: [
          parameter('metric', 'Which number', { enum: ['unique', 'active'], default: 'unique' }),
          parameter('label', 'What stands before it', {
            type: 'string',
            minLength: 1,
            maxLength: 40,
          }),
          parameter('color', 'The background of the number, 3 or 6 hexadecimal digits', {
            type: 'string',
            pattern: '^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$',
          }),
        ],
        responses: { 200: text('The badge.', 'image/svg+xml'), 400: mistake, 503: unavailable },
      },
    },
    [WIDGET_PATH]: {
      get: {
        operationId: 'readWidget',
        summary: 'The custom element that shows the counts on a page',
        responses: { 200: text('A JavaScript module.', 'text/javascript') },
      },
    },
    [OPENAPI_PATH]: {
      get: {
        operationId: 'readDescription',
        summary: 'This description',
        responses: {
          200: {
            description: 'It.',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
        },
      },
    },
  },
  components: { schemas: SCHEMAS },
} as const;
