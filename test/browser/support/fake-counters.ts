/** The visitors of each counter that the deployment admits. */
export type FakeCounters = Map<string, Set<string>>;

interface FakeAnswer {
  readonly status: number;
  readonly body: object;
}

const UNKNOWN: FakeAnswer = { status: 404, body: { message: 'No such counter' } };

const namesIn = (parameters: URLSearchParams, name: string): string[] => [
  ...new Set(parameters.get(name)?.split(',') ?? []),
];

/** Adds a visitor to the counters in the parameter `counter`, and answers like POST /sessions. */
export const answerVisit = (
  counters: FakeCounters,
  visitor: string,
  parameters: URLSearchParams,
): FakeAnswer => {
  const names = parameters.has('counter') ? namesIn(parameters, 'counter') : ['site'];
  if (names.length > 10) return { status: 400, body: { message: 'Too many' } };
  const visits = names.map((name): [string, object] => {
    const isKnown = counters.get(name)?.add(visitor) !== undefined;
    return [name, isKnown ? { counted: true } : { counted: false, reason: 'unknown-counter' }];
  });
  if (names.length > 1) return { status: 202, body: { counters: Object.fromEntries(visits) } };
  return counters.has(names[0] ?? '') ? { status: 202, body: visits[0]?.[1] ?? {} } : UNKNOWN;
};

/** Answers like GET /counts; `rest` is what all counters have in common. */
export const answerCounts = (
  counters: FakeCounters,
  parameters: URLSearchParams,
  rest: object,
): FakeAnswer => {
  const totals = namesIn(parameters, 'total');
  const names = namesIn(parameters, 'counter');
  const both = names.length + totals.length > 0 ? names : ['site'];
  if (both.length > 10 || totals.length > 50) return { status: 400, body: { message: 'Too many' } };
  const known = [...new Set([...both, ...totals])].filter((name) => counters.has(name));
  if (known.length === 0) return UNKNOWN;
  const numbersOf = (name: string) => ({
    unique_session_count: counters.get(name)?.size,
    ...(both.includes(name) && { active_sessions: counters.get(name)?.size }),
  });
  if (both.length === 1 && totals.length === 0)
    return { status: 200, body: { ...numbersOf(both[0] ?? ''), ...rest } };
  const described = Object.fromEntries(known.map((name) => [name, numbersOf(name)]));
  return { status: 200, body: { counters: described, ...rest } };
};
