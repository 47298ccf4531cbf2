import { HISTORY_DAYS } from '../domain/counter.ts';
import { BADGE_PATH, COUNTS_PATH, HISTORY_PATH, OPENAPI_PATH, WIDGET_PATH } from '../http/paths.ts';
import { LABEL_CHARACTERS } from './badge-style.ts';
import {
  invalidParameter,
  json,
  oneCounter,
  parameter,
  pastEdge,
  readCounterNames,
  text,
  unavailable,
  unknownCounter,
} from './openapi-parts.ts';
import { SCHEMAS } from './openapi-schemas.ts';
import { VISIT_PATHS } from './openapi-visits.ts';
import { DEFAULT_DAYS, HISTORY_PERIODS } from './read-history.ts';

/** The description of the whole API, including the paths that ingest handles. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'session-counter',
    version: '1.0.0',
    description:
      'Counts the distinct and the active browser sessions of a page. Every response has CORS headers ' +
      'and every error a message, except responses that API Gateway itself sends, such as 429.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  // The folder of this document, which is a path of the site behind CloudFront.
  servers: [{ url: './' }],
  security: [],
  paths: {
    ...VISIT_PATHS,
    [COUNTS_PATH]: {
      get: {
        operationId: 'readCounts',
        summary: 'Distinct and active sessions of one counter or several, at most a minute old',
        parameters: readCounterNames,
        responses: {
          200: json('The counts, of several counters by name.', 'Counts', 'CountsOfSeveral'),
          400: invalidParameter,
          403: pastEdge,
          404: unknownCounter,
          503: unavailable,
        },
      },
    },
    [HISTORY_PATH]: {
      get: {
        operationId: 'readHistory',
        summary: 'New sessions by UTC day or month, oldest first, ending with the current one',
        parameters: [
          oneCounter,
          parameter('by', 'Whether the history has the last days, or all months', {
            enum: HISTORY_PERIODS,
            default: HISTORY_PERIODS[0],
          }),
          parameter('days', 'The number of days; not with `by=month`', {
            type: 'integer',
            minimum: 1,
            maximum: HISTORY_DAYS,
            default: DEFAULT_DAYS,
          }),
        ],
        responses: {
          200: json('The history, by day or by month.', 'History', 'HistoryByMonth'),
          400: invalidParameter,
          403: pastEdge,
          404: unknownCounter,
          503: unavailable,
        },
      },
    },
    [BADGE_PATH]: {
      get: {
        operationId: 'readBadge',
        summary: 'One of the numbers as an image; does not count a visit',
        parameters: [
          oneCounter,
          parameter('metric', 'The number to show', {
            enum: ['unique', 'active'],
            default: 'unique',
          }),
          parameter('label', 'The text before the number', {
            type: 'string',
            minLength: 1,
            maxLength: LABEL_CHARACTERS,
          }),
          parameter('color', 'The background color of the number, 3 or 6 hexadecimal digits', {
            type: 'string',
            pattern: '^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$',
          }),
        ],
        responses: {
          200: text('The badge.', 'image/svg+xml'),
          400: invalidParameter,
          403: pastEdge,
          404: unknownCounter,
          503: unavailable,
        },
      },
    },
    [WIDGET_PATH]: {
      get: {
        operationId: 'readWidget',
        summary: 'The custom element that shows the counts on a page',
        responses: {
          200: text('A JavaScript module.', 'text/javascript'),
          304: { description: 'Not modified.' },
          403: pastEdge,
          503: unavailable,
        },
      },
    },
    [OPENAPI_PATH]: {
      get: {
        operationId: 'readDescription',
        summary: 'This description',
        responses: {
          200: {
            description: 'The OpenAPI description.',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          403: pastEdge,
          503: unavailable,
        },
      },
    },
  },
  components: { schemas: SCHEMAS },
} as const;
