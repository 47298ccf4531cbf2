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
export const createStoredSecrets = (dependencies: StoredSecretsDependencies): EdgeSecrets => {
  const memory: Memory = { known: undefined, triedMs: 0 };
  const refresh = shareCall(() => readInto(memory, dependencies));
  const judge = async (given: string): Promise<Judgement> => {
    if (isDue(memory, given, dependencies.now())) await refresh();
    const { known } = memory;
    if (known === undefined) return 'unavailable';
    return known.recognize(given) ? 'valid' : 'invalid';
  };
  return { judge, prepare: refresh };
};

interface Memory {
  known: { readonly recognize: RecognizeSecret; readonly readMs: number } | undefined;
  /** When the last reading ended, whether it failed or not. */
  triedMs: number;
}

const readInto = async (
  memory: Memory,
  { read, now, log }: StoredSecretsDependencies,
): Promise<void> => {
  const readMs = now();
  try {
    memory.known = { recognize: createRecognizeSecret(await read()), readMs };
  } catch (error) {
    log.error('The edge secret of EDGE_SECRET_ID cannot be read', error as Error);
  }
  memory.triedMs = now();
};

const isDue = ({ known, triedMs }: Memory, given: string, nowMs: number): boolean => {
  // A clock that was set back must not keep a secret for longer.
  const isWithin = (sinceMs: number, ms: number) => sinceMs <= nowMs && nowMs < sinceMs + ms;
  if (known === undefined) return true;
  if (isWithin(triedMs, RETRY_MS)) return false;
  return !isWithin(known.readMs, KEEP_MS) || !known.recognize(given);
};

const shareCall = (call: () => Promise<void>): (() => Promise<void>) => {
  let pending: Promise<void> | undefined;
  return () => {
    pending ??= call().finally(() => {
      pending = undefined;
    });
    return pending;
  };
};
