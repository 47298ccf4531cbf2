/** A folder of the project: what it holds, and which folders or files it may import besides packages. */
export interface Folder {
  readonly path: string;
  readonly holds: string;
  readonly mayImport: readonly string[];
}

const BASE = ['src/domain', 'src/runtime', 'src/settings', 'src/tables'];

/**
 * Every folder with code. A folder imports only folders above it, so folders cannot import each other in a
 * circle. The table in ARCHITECTURE.md is generated from this one.
 */
export const FOLDERS: readonly Folder[] = [
  {
    path: 'src/domain',
    holds:
      'sessions, events, tallies and the counter: pure functions without SDK, clock or environment',
    mayImport: [],
  },
  {
    path: 'src/runtime',
    holds:
      'what every function needs from its host: AWS clients with time limits, logs, Lambda entry points',
    mayImport: [],
  },
  {
    path: 'src/settings',
    holds: 'the table of settings, and the functions that read them from the environment',
    mayImport: ['src/domain'],
  },
  {
    path: 'src/tables',
    holds: 'DynamoDB: names, schema, and one file for each access pattern',
    mayImport: ['src/domain', 'src/runtime'],
  },
  {
    path: 'src/http',
    holds: 'API Gateway events, the secret of the edge, routes, CORS and responses',
    mayImport: ['src/domain', 'src/runtime', 'src/settings'],
  },
  {
    path: 'src/metrics',
    holds: 'metric names, and the meter that emits them',
    mayImport: [],
  },
  {
    path: 'src/ingest',
    holds: 'from HTTP request to session row',
    mayImport: [...BASE, 'src/http', 'src/metrics'],
  },
  {
    path: 'src/projector',
    holds: 'from stream record to counter item',
    mayImport: [...BASE, 'src/metrics'],
  },
  {
    path: 'src/query',
    holds: 'from counter item and index to HTTP response',
    mayImport: [...BASE, 'src/http'],
  },
  {
    path: 'src/legacy',
    holds: 'one GET that counts a visit and reads both numbers, for pages of the Python counter',
    mayImport: [...BASE, 'src/http', 'src/metrics', 'src/ingest', 'src/query'],
  },
  {
    path: 'src/custom-resource',
    holds: 'requests of CloudFormation to the function of a custom resource, and the responses',
    mayImport: [],
  },
  {
    path: 'src/hash-key',
    holds: 'the custom resource that makes the hash key during a deployment',
    mayImport: ['src/runtime', 'src/custom-resource'],
  },
  {
    path: 'src/active-shards',
    holds: 'the custom resource that knows the former partitions of the index of active sessions',
    mayImport: [...BASE, 'src/custom-resource'],
  },
  {
    path: 'src/reporter',
    holds: 'both counts as metrics, every minute',
    mayImport: [...BASE, 'src/metrics'],
  },
  {
    path: 'src/audit',
    holds: 'session rows against the counter: the daily audit, verify and rebuild',
    mayImport: [...BASE, 'src/metrics'],
  },
  {
    path: 'src/digest',
    holds: 'the e-mail that sums up a week or a month',
    mayImport: [...BASE, 'src/metrics'],
  },
  {
    path: 'src/widget',
    holds: 'the custom element; it runs in the browser of a visitor',
    mayImport: [],
  },
  {
    path: 'src/local/cloudwatch',
    holds:
      'CloudWatch on this machine: metrics, metric math, alarms and dashboards of a template, without I/O and clock',
    mayImport: [],
  },
  {
    path: 'src/local/dashboard',
    holds: 'the routes of the local dashboard, and the data that its page gets',
    mayImport: ['src/http', 'src/local/cloudwatch'],
  },
  {
    path: 'src/local/dashboard/page',
    holds: 'the page of the local dashboard; it runs in the browser',
    mayImport: [
      ...['src/local/dashboard/dashboard-data.ts', 'src/local/dashboard/ranges.ts'],
      'src/local/cloudwatch',
    ],
  },
  {
    path: 'src/local',
    holds:
      '`npm start`: embedded DynamoDB, event source, HTTP server, edge, and what CloudWatch and schedules do on AWS',
    mayImport: [
      ...[...BASE, 'src/http', 'src/metrics', 'src/ingest', 'src/projector', 'src/query'],
      ...['src/legacy', 'src/reporter', 'src/audit', 'src/local/cloudwatch', 'src/local/dashboard'],
    ],
  },
  {
    path: 'src/cli',
    holds: '`npm run counter`: the commands of the operator',
    mayImport: [...BASE, 'src/metrics', 'src/ingest', 'src/projector', 'src/audit', 'src/local'],
  },
  { path: 'examples', holds: 'a CDK app, and pages that show the counts', mayImport: [] },
  {
    path: 'infra/props',
    holds: 'the props of the construct, their defaults and checks',
    mayImport: ['src/settings', 'src/domain/counter-name.ts'],
  },
  {
    path: 'infra',
    holds: 'the construct `SessionCounter` and its stack; `npm run deploy`, `synth` and `destroy`',
    mayImport: [
      ...[
        'infra/props',
        'src/settings',
        'src/domain/counter-name.ts',
        'src/domain/refusal-reason.ts',
        'src/http/edge-forwarding.ts',
        'src/http/edge-header-names.ts',
        'src/http/paths.ts',
      ],
      ...['src/metrics/metric-names.ts', 'src/runtime/aws-client.ts'],
      'src/active-shards/former-shards-attribute.ts',
      ...['src/runtime/command-line.ts', 'src/tables/schema.ts'],
      ...['src/tables/event-source-settings.ts', 'src/local/widget-bundle.ts', 'cdk.json'],
    ],
  },
  {
    path: 'package',
    holds: 'the npm package: its entry points, and `npm run package`, which bundles and packs it',
    mayImport: ['src', 'infra'],
  },
  {
    path: 'proof/specification',
    holds: 'what the counter may do, on one page, and the search of all its states',
    mayImport: ['src/domain/counter.ts'],
  },
  {
    path: 'proof/simulation',
    holds: 'random histories of a model stream with faults, played through the real code',
    mayImport: ['src', 'proof/specification'],
  },
  {
    path: 'proof/exploration',
    holds: 'every history of small worlds, played through the real code',
    mayImport: ['src', 'proof/specification'],
  },
  {
    path: 'proof/observation',
    holds: '`npm run observe`: checks on AWS what the proof assumes of streams',
    mayImport: ['src', 'infra'],
  },
  { path: 'proof/mutants', holds: 'rules of the code, broken on purpose', mayImport: [] },
  {
    path: 'test/support',
    holds: 'builders, fixtures and fakes of AWS',
    mayImport: ['src', 'proof/specification', 'proof/exploration', 'proof/observation'],
  },
  {
    path: 'proof/flood',
    holds: 'a flood of one address over HTTP, refused or taken back',
    mayImport: ['src/runtime'],
  },
  {
    path: 'proof/endurance',
    holds: 'visits over real HTTP while processes are killed',
    mayImport: ['src', 'test/support'],
  },
  {
    path: 'proof/deployment',
    holds:
      'a counter as its template deploys it, on this machine: its functions with their environment, substitutes for AWS, and tools that only one command installs',
    mayImport: ['src', 'infra'],
  },
  {
    path: 'proof/permissions',
    holds: '`npm run permissions`: what the bundles call, against what their roles allow',
    mayImport: ['src', 'infra', 'test/support', 'proof/deployment'],
  },
  {
    path: 'measure',
    holds: 'cost and speed, counted on the real code',
    mayImport: ['src', 'infra', 'test/support', 'proof/deployment'],
  },
  {
    path: 'test',
    holds: 'the tests, in folders like those of the code',
    mayImport: ['src', 'infra', 'package', 'proof', 'measure', 'test/support'],
  },
];
