import type { Log } from '../runtime/log.ts';
import { createRecognizeSecret, type RecognizeSecret } from './recognize-secret.ts';

/** Whether a request has a valid secret; unavailable when nobody knows, because it cannot be read. */
export type Judgement = 'valid' | 'invalid' | 'unavailable';

/** What knows the valid secrets of the edge. */
export interface EdgeSecrets {
  /** Never throws. */
  readonly judge: (given: string) => Promise<Judgement>;
  /** Does before the first request what that would otherwise wait for. Never throws. */
  readonly prepare: () => Promise<void>;
}

/** The secrets that the environment holds. */
export const createGivenSecrets = (values: readonly string[]): EdgeSecrets => {
  const recognize = createRecognizeSecret(values);
  return {
    judge: async (given) => (recognize(given) ? 'valid' : 'invalid'),
    prepare: async () => undefined,
  };
};

export interface StoredSecretsDependencies {
  /** Returns the values that are valid now. Throws when they cannot be read. */
  readonly read: () => Promise<readonly string[]>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}

/** How long a container uses what it read, milliseconds: so much longer it may accept a value that was withdrawn. */
export const KEEP_MS = 5 * 60_000;

/** The shortest time between two readings while there is something to use, milliseconds. */
export const RETRY_MS = 60_000;

/**
 * The secrets that are stored elsewhere. They are read before the first request, again after five minutes, and at most
 * once a minute for a value that is unknown, because the secret may just have changed; forged values cannot cause
 * more. While they cannot be read, those that were read before stay valid; without any, no request is, and each tries
 * to read them. Concurrent requests share a reading. A failure is logged.
 */
export const createStoredSecrets = ({ read, now, log }: StoredSecretsDependencies): EdgeSecrets => {
  let known: { readonly recognize: RecognizeSecret; readonly readMs: number } | undefined;
  let triedMs = 0;
  let pending: Promise<void> | undefined;
  const refresh = async (): Promise<void> => {
    const readMs = now();
    try {
      known = { recognize: createRecognizeSecret(await read()), readMs };
    } catch (error) {
      log.error('The edge secret of EDGE_SECRET_ID cannot be read', error as Error);
    }
    triedMs = now();
    pending = undefined;
  };
  const share = (): Promise<void> => {
    pending ??= refresh();
    return pending;
  };
  // A clock that was set back must not keep a secret for longer.
  const isWithin = (sinceMs: number, forMs: number): boolean =>
    sinceMs <= now() && now() < sinceMs + forMs;
  const isDue = (given: string): boolean => {
    if (known === undefined) return true;
    if (isWithin(triedMs, RETRY_MS)) return false;
    return !isWithin(known.readMs, KEEP_MS) || !known.recognize(given);
  };
  const judge = async (given: string): Promise<Judgement> => {
    if (isDue(given)) await share();
    if (known === undefined) return 'unavailable';
    return known.recognize(given) ? 'valid' : 'invalid';
  };
  return { judge, prepare: share };
};
