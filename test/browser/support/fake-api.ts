import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { answerCounts, answerVisit, type FakeCounters } from './fake-counters.ts';
import { serve } from './serve.ts';
import { widgetScript } from './widget.ts';

/** An API that the test controls, on its own origin. */
export interface FakeApi {
  readonly url: string;
  /** How it responds: normally, not at all, with 500, or as to a page of a rejected origin. */
  mood: 'up' | 'down' | 'failing' | 'refusing';
  /** Milliseconds until it responds. */
  delay: number;
  activeWindowMinutes: number;
  /** The body for GET /counts, if it should not be the real counts. */
  countsBody: string | undefined;
  /** New sessions of the last days, oldest first; undefined if there is no history. */
  history: readonly number[] | undefined;
  /** The counted visitors of the site: user agents, and names that the test adds. */
  readonly visitors: Set<string>;
  /** The visitors of every counter that the deployment admits, among them `site`. */
  readonly counters: FakeCounters;
  /** All requests, such as `POST /sessions`, except those for the script. */
  readonly requests: string[];
  /** The same requests with their parameters. */
  readonly addresses: string[];
}

type State = Omit<FakeApi, 'url'>;

/** Starts an API that also serves the widget. It stops after the test. */
export const startFakeApi = async (): Promise<FakeApi> => {
  const widget = await widgetScript();
  const visitors = new Set<string>();
  const state: State = {
    ...{ mood: 'up', delay: 0, activeWindowMinutes: 60, countsBody: undefined, history: [3, 0, 5] },
    ...{ visitors, counters: new Map([['site', visitors]]), requests: [], addresses: [] },
  };
  const url = await serve(async ({ method, url = '', headers }, response) => {
    const name = `${method} ${url.split('?', 1)[0]}`;
    if (name === 'GET /widget.js') return send(response, 200, widget);
    state.requests.push(name);
    state.addresses.push(`${method} ${url}`);
    await setTimeout(state.delay);
    // A client that disconnects before the response is not counted.
    if (state.mood === 'down' || response.destroyed) return response.destroy();
    const { status, body } = respondTo(name, headers['user-agent'] ?? '', state, url);
    const text = (name === 'GET /counts' && state.countsBody) || JSON.stringify(body);
    return send(response, status, text, state.mood !== 'refusing');
  });
  return Object.assign(state, { url });
};

const send = (response: ServerResponse, status: number, text: string, isAllowed = true): void => {
  if (isAllowed) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Methods', 'GET,POST,DELETE');
  }
  // Right for the script; clients parse JSON whatever its type.
  response.setHeader('Content-Type', 'text/javascript');
  response.writeHead(status).end(status === 204 ? undefined : text);
};

const respondTo = (
  name: string,
  visitor: string,
  state: State,
  url: string,
): { status: number; body?: object } => {
  if (state.mood === 'failing') return { status: 500, body: { message: 'Something went wrong' } };
  if (state.mood === 'refusing') return { status: 403, body: { message: 'Not from there' } };
  if (name.startsWith('OPTIONS')) return { status: 204 };
  const { searchParams } = new URL(url, 'http://localhost');
  return ROUTES[name]?.(state, visitor, searchParams) ?? { status: 404, body: {} };
};

type Respond = (
  state: State,
  visitor: string,
  parameters: URLSearchParams,
) => { status: number; body?: object };

const ROUTES: Record<string, Respond> = {
  'POST /sessions': ({ counters }, visitor, parameters) =>
    answerVisit(counters, visitor, parameters),
  'DELETE /sessions/me': () => ({ status: 204 }),
  'GET /counts': ({ counters, activeWindowMinutes }, _, parameters) =>
    answerCounts(counters, parameters, {
      active_window_minutes: activeWindowMinutes,
      as_of: new Date().toISOString(),
    }),
  'GET /history': ({ history }) =>
    history
      ? { status: 200, body: { days: datedDays(history), as_of: new Date().toISOString() } }
      : { status: 404, body: {} },
};

const datedDays = (history: readonly number[]) =>
  history.map((new_sessions, index) => ({
    day: new Date(Date.now() - (history.length - 1 - index) * DAY_MS).toISOString().slice(0, 10),
    new_sessions,
  }));

const DAY_MS = 86_400_000;
