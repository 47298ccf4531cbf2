/** A function whose calls are measured. */
export type MeasuredFunction = 'ingest' | 'query' | 'legacy' | 'projector' | 'reporter';

/** What a container takes on a whole vCPU, milliseconds, and its requests to AWS that wait for each other. */
export interface CallTimes {
  /** Until it can take a call, without the start of the runtime. */
  readonly startCpu: number;
  readonly startRequests: number;
  readonly firstCpu: number;
  readonly laterCpu: number;
  readonly callRequests: number;
}

/**
 * Measured by the cold start part of the benchmark: docs/performance.md. A later call of query counts the
 * active sessions here.
 */
export const CALL_TIMES: Readonly<Record<MeasuredFunction, CallTimes>> = {
  ingest: { startCpu: 66.2, startRequests: 1, firstCpu: 8.3, laterCpu: 2.4, callRequests: 1 },
  query: { startCpu: 64.4, startRequests: 1, firstCpu: 6.6, laterCpu: 2.8, callRequests: 1 },
  legacy: { startCpu: 68.8, startRequests: 1, firstCpu: 18.7, laterCpu: 4.6, callRequests: 2 },
  projector: { startCpu: 35.9, startRequests: 0, firstCpu: 27.1, laterCpu: 2.5, callRequests: 1 },
  reporter: { startCpu: 45, startRequests: 0, firstCpu: 40.1, laterCpu: 4.4, callRequests: 1 },
};

/** The CPU of a later call of query that finds the number of active sessions in its cache, milliseconds. */
const CACHED_QUERY_CPU = 2.1;

/**
 * The memory at which Lambda gives a function one vCPU, megabytes. It gives less in proportion.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const ONE_VCPU_MEGABYTES = 1_769;

/** Until Node.js and Lambda's client of it run, milliseconds; assumed. */
export const RUNTIME_START_MS = 150;

/** How long a request to AWS takes on an open connection, and how much longer to open one; assumed. */
export const REQUEST_MS = 5;
const CONNECT_MS = 10;

/** The time of a call with this CPU and this many requests one after the other, milliseconds. */
const callTime = (cpu: number, requests: number, megabytes: number): number =>
  cpu / Math.min(1, megabytes / ONE_VCPU_MEGABYTES) + requests * REQUEST_MS;

/** The times of a function with this memory, milliseconds, all of them billed. */
export interface MemoryTimes {
  /** While Lambda gives it a whole vCPU, whatever its memory. */
  readonly start: number;
  readonly first: number;
  readonly later: number;
}

/**
 * How long a function with this memory takes. A connection that the start has not opened is opened by the
 * first call.
 */
export const timesWith = (name: MeasuredFunction, megabytes: number): MemoryTimes => {
  const { startCpu, startRequests, firstCpu, laterCpu, callRequests } = CALL_TIMES[name];
  const connect = startRequests === 0 ? CONNECT_MS : 0;
  return {
    start: RUNTIME_START_MS + startCpu + startRequests * (CONNECT_MS + REQUEST_MS),
    first: callTime(firstCpu, callRequests, megabytes) + connect,
    later: callTime(laterCpu, callRequests, megabytes),
  };
};

/** The time of a call of query that finds the number of active sessions in its cache, milliseconds. */
export const cachedQueryTime = (megabytes: number): number =>
  callTime(CACHED_QUERY_CPU, CALL_TIMES.query.callRequests, megabytes);
