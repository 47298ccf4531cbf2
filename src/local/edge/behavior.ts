import {
  CORS_HEADERS,
  FORWARDED_HEADERS,
  READ_PARAMETERS,
  VISIT_PARAMETERS,
} from '../../http/edge-forwarding.ts';
import { LEGACY_PATH, SESSIONS_PATH } from '../../http/paths.ts';

/** What an edge does with the requests for some paths, like a cache behavior of CloudFront. */
export interface Behavior {
  /** Undefined allows every method. */
  readonly methods: readonly string[] | undefined;
  /** The parameters that are forwarded and part of the cache key; the others are dropped. */
  readonly parameters: readonly string[];
  /** The headers that are forwarded and part of the cache key, in lower case. */
  readonly keyHeaders: readonly string[];
  /** The headers that are only forwarded, in lower case. */
  readonly headers: readonly string[];
  /** Whether the encodings that a viewer accepts are forwarded and part of the cache key. */
  readonly hasEncodings: boolean;
  /** How long an answer is kept at most, seconds, whatever it says. */
  readonly mostSeconds: number;
}

/** What decides the behaviors of a counter. */
export interface BehaviorOptions {
  /** Whether ALLOWED_ORIGINS lists origins, so that an answer depends on the origin of the page that asks. */
  readonly hasListedOrigins: boolean;
  readonly hasLegacyRoute: boolean;
}

/**
 * The path of the API that a path of the site stands for: `/counts` for `/counter/counts` with the prefix `/counter`.
 * Undefined for the paths of the site itself.
 */
export const withoutPrefix = (path: string, prefix: string): string | undefined =>
  path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;

/** The behavior for a path of the API; those of the distribution of a deployment are the same. */
export const findBehavior = (
  path: string,
  { hasListedOrigins, hasLegacyRoute }: BehaviorOptions,
): Behavior => {
  const isVisit = path.startsWith(SESSIONS_PATH) || (hasLegacyRoute && path === LEGACY_PATH);
  return isVisit ? VISITS : { ...READS, keyHeaders: hasListedOrigins ? ['origin'] : [] };
};

const inLowerCase = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());

const VISITS: Behavior = {
  methods: undefined,
  parameters: VISIT_PARAMETERS,
  keyHeaders: inLowerCase(CORS_HEADERS),
  headers: inLowerCase(FORWARDED_HEADERS),
  hasEncodings: false,
  mostSeconds: 1,
};

const READS: Behavior = {
  methods: ['GET', 'HEAD'],
  parameters: READ_PARAMETERS,
  keyHeaders: [],
  headers: inLowerCase(FORWARDED_HEADERS),
  hasEncodings: true,
  mostSeconds: 86_400,
};
