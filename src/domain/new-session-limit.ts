import { createHmac } from 'node:crypto';
import { normalizeAddress, wideNetworkOf } from './network-address.ts';
import { setNewest } from './set-newest.ts';

/** A reserved place for one new session. */
export interface Place {
  /** Makes room for another session, because the visit did not start one. To be called once at most. */
  readonly giveBack: () => void;
}

/** How many sessions one address may start in each counter. */
export interface NewSessionLimit {
  /** Reserves a place for a new session of `address` in `counter`; undefined when there is none left. */
  readonly reserve: (address: string | undefined, counter: string) => Place | undefined;
}

export interface NewSessionLimitOptions {
  /** New sessions per address, counter and hour. */
  readonly perHour: number;
  /** The key of the hash under which an address is remembered; random, and known to nobody else. */
  readonly key: Uint8Array;
  /** The most networks, by counter, that are remembered. */
  readonly capacity?: number;
  /** What is remembered, by the hash of a counter and a network. */
  readonly memory?: Map<string, Hour>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** How many times as many sessions an IPv6 /48 may start: docs/operations.md has the reasons. */
export const WIDE_NETWORK_FACTOR = 10;

const HOUR_MS = 3_600_000;

// 17 MB, measured. A flood that fills it gains nothing at the default settings: 100,000 networks may start 30 sessions
// each, which is more than the API lets through in an hour, 180,000 requests for 10 counters each.
const CAPACITY = 100_000;

const HASH_BYTES = 16;

/** The hour of one network in one counter. */
interface Hour {
  readonly beganAt: number;
  places: number;
}

/**
 * A limit that never lets one address have more than `perHour` places in a counter at once, nor an IPv6 /48 more than
 * ten times as many. All addresses of an IPv6 /64 count as one. The hour of a network begins when its first place is
 * reserved; when it ends, so do all of its places. So any 60 minutes may see up to twice as many new sessions.
 *
 * A network is remembered as a keyed hash, until the first call after its hour. When the memory is full, the network
 * whose hour began first is forgotten early: nobody is refused because of others, and the memory has a limit. An hour
 * that begins in the future, because the clock was set back, has ended.
 */
export const createNewSessionLimit = ({
  perHour,
  key,
  capacity = CAPACITY,
  memory: hours = new Map(), // in the order in which the hours began
  now,
}: NewSessionLimitOptions): NewSessionLimit => {
  const isRunning = ({ beganAt }: Hour): boolean => beganAt <= now() && now() < beganAt + HOUR_MS;
  const forgetEnded = (): void => {
    for (const [id, hour] of hours) {
      if (isRunning(hour)) return;
      hours.delete(id);
    }
  };
  const find = (id: string): Hour | undefined => {
    const hour = hours.get(id);
    return hour && isRunning(hour) ? hour : undefined;
  };
  const take = (id: string): Place => {
    const hour = find(id) ?? { beganAt: now(), places: 0 };
    if (hour.places === 0) setNewest(hours, capacity, id, hour);
    hour.places += 1;
    const giveBack = (): void => {
      hour.places -= 1;
      if (hour.places === 0 && hours.get(id) === hour) hours.delete(id);
    };
    return { giveBack };
  };
  return {
    reserve: (address = '', counter) => {
      forgetEnded();
      const bounds = listBounds(address, perHour).map(({ network, most }) => ({
        id: hashNetwork(key, counter, network),
        most,
      }));
      if (bounds.some(({ id, most }) => (find(id)?.places ?? 0) >= most)) return undefined;
      const places = bounds.map(({ id }) => take(id));
      return { giveBack: () => places.forEach(({ giveBack }) => void giveBack()) };
    },
  };
};

const listBounds = (address: string, perHour: number) => {
  const wide = wideNetworkOf(address);
  return [
    { network: normalizeAddress(address), most: perHour },
    ...(wide === undefined ? [] : [{ network: wide, most: perHour * WIDE_NETWORK_FACTOR }]),
  ];
};

// NUL occurs in neither part, so two pairs never produce the same message.
const hashNetwork = (key: Uint8Array, counter: string, network: string): string =>
  createHmac('sha256', key)
    .update(`${counter}\0${network}`)
    .digest()
    .toString('base64url', 0, HASH_BYTES);

/** Refuses nobody. */
export const NO_LIMIT: NewSessionLimit = { reserve: () => ({ giveBack: () => undefined }) };
