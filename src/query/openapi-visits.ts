import { MOST_FORGOTTEN, MOST_VISITED } from '../domain/counter-name.ts';
import { OWN_SESSION_PATH, SESSIONS_PATH } from '../http/paths.ts';
import {
  counterNames,
  invalidParameter,
  json,
  refusedOrigin,
  unavailable,
} from './openapi-parts.ts';

/** The description of the paths that ingest handles. */
export const VISIT_PATHS = {
  [SESSIONS_PATH]: {
    post: {
      operationId: 'countVisit',
      summary: 'Counts a visit of the caller; needs no body and no preflight request',
      parameters: [counterNames('The counters of the visit', MOST_VISITED)],
      responses: {
        202: json('Whether the visit was counted, and if not, why.', 'Visit'),
        400: invalidParameter,
        403: refusedOrigin,
        404: json('The deployment does not admit the one counter that is named.', 'Error'),
        503: unavailable,
      },
    },
  },
  [OWN_SESSION_PATH]: {
    delete: {
      operationId: 'forgetSession',
      summary: "Deletes the caller's session; the total does not change",
      parameters: [counterNames('The counters to delete the session from', MOST_FORGOTTEN)],
      responses: {
        204: {
          description:
            'The caller has no stored session; a concurrent visit may still store one within 15 seconds.',
        },
        400: invalidParameter,
        403: refusedOrigin,
        503: unavailable,
      },
    },
  },
} as const;
