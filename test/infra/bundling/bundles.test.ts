import { describe, expect, it } from 'vitest';
import { bundleObserver } from '../../../infra/bundling/bundles.ts';
import { ALL_FUNCTIONS, type FunctionName } from '../../../src/settings/function-name.ts';
import { bundleOnce } from './bundle-once.ts';

// Every operation that reads or writes rows; those of PartiQL can scan, too.
const OPERATIONS = [
  ...['BatchExecuteStatement', 'BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'ExecuteStatement'],
  ...['ExecuteTransaction', 'GetItem', 'PutItem', 'Query', 'Scan', 'TransactGetItems'],
  ...['TransactWriteItems', 'UpdateItem'],
];

interface Bundle {
  readonly sends: readonly string[];
  /** Its largest allowed size, minified: the measured size plus a few percent. */
  readonly kilobytes: number;
}

const BUNDLES: Record<FunctionName, Bundle> = {
  ingest: {
    sends: ['DeleteItem', 'GetItem', 'TransactWriteItems', 'UpdateItem'],
    kilobytes: 272,
  },
  projector: { sends: ['UpdateItem'], kilobytes: 240 },
  query: { sends: ['BatchGetItem', 'GetItem', 'Query'], kilobytes: 256 },
  // 88 kB of it are the client of Lambda; no visitor waits for this function.
  reporter: { sends: ['GetItem', 'Query'], kilobytes: 333 },
  // These two without the SDK, which the runtime of Lambda has.
  audit: { sends: ['PutItem', 'Scan'], kilobytes: 54 },
  digest: { sends: ['GetItem'], kilobytes: 24 },
  // The write of ingest and the reads of query; without the deletion, the badge and the API description.
  legacy: { sends: ['GetItem', 'Query', 'UpdateItem'], kilobytes: 280 },
};

// A bundle has the code of a command, or uses that of the SDK in the runtime: PutCommand or paginateScan, for example.
const operationsIn = (bundle: string): string[] => {
  const imports = bundle.matchAll(/\b(?:paginate)?([A-Z]\w+?)(?:Item)?(?:Command)? as ([\w$]+)/g);
  const used = [...imports].flatMap(([, operation, name = '']) =>
    ['new ', 'of ', '='].some((before) => bundle.includes(`${before}${name}(`)) ? [operation] : [],
  );
  return OPERATIONS.filter(
    (operation) =>
      bundle.includes(`"${operation}"`) || used.includes(operation.replace(/Items?$/, '')),
  );
};

const readBundle = async (name: FunctionName): Promise<string> => (await bundleOnce(name)).text;

describe.each(ALL_FUNCTIONS)('the deployed %s', (name) => {
  const { sends, kilobytes } = BUNDLES[name];

  it(`contains the requests [${sends.join(', ')}] and no others`, async () => {
    expect(operationsIn(await readBundle(name))).toEqual(sends);
  });

  it(`has at most ${kilobytes} kB`, async () => {
    expect(Buffer.byteLength(await readBundle(name)) / 1_000).toBeLessThan(kilobytes);
  });

  it(`${name === 'reporter' ? 'can' : 'cannot'} query the state of the event source mapping`, async () => {
    const canAsk = (await readBundle(name)).includes('/event-source-mappings/');
    expect(canAsk).toBe(name === 'reporter');
  });

  it('loads the modules of Node.js by require(), which does not read all that they export', async () => {
    expect(await readBundle(name)).not.toMatch(/(from|import\()\s*["']node:/);
  });

  it('looks for credentials and settings only in the environment', async () => {
    const elsewhere = /sso_session|AssumeRoleWithWebIdentity|fs\/promises/;
    expect(await readBundle(name)).not.toMatch(elsewhere);
  });
});

it.each([
  { name: 'hash-key', sends: [] },
  { name: 'active-shards', sends: ['Query'] },
] as const)(
  'bundles $name without the SDK, which the runtime of Lambda has',
  async ({ name, sends }) => {
    const { text, inputs } = await bundleOnce(name);
    expect(Buffer.byteLength(text)).toBeLessThan(6_000);
    expect(Object.keys(inputs).filter((path) => !/^(src\/|builtin:)/.test(path))).toEqual([]);
    expect(operationsIn(text)).toEqual(sends);
  },
);

it('bundles an observer that can read a stream, but no rows', async () => {
  const { text } = await bundleObserver();
  expect(operationsIn(text)).toEqual([]);
  expect(text).toContain('"DescribeStream"');
  expect(text).not.toContain('/event-source-mappings/');
});
