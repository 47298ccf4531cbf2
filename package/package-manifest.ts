import { WIDGET_EXPORTS } from './widget-exports.ts';

/** What the package takes over from the package.json of the checkout. */
export interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/**
 * The oldest Node.js that runs the package: the first with `node:sqlite` and without a flag for it. The
 * checkout needs a newer one, because of its tools.
 */
export const OLDEST_NODE = '22.13.0';

// Where the embedded database is published; a platform installs only its own.
const DATABASE_PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

/** The ranges of the CDK that the package takes; `npm run test:package` tries the oldest of each. */
export const CDK_PACKAGES = {
  'aws-cdk': '^2.1148.1',
  'aws-cdk-lib': '^2.260.0',
  constructs: '^10.5.0',
};

/**
 * The package.json of the package. It has no dependencies: the CDK and the embedded database are
 * optional peers, because a page with the widget needs neither, and they are 200 MB.
 */
export const packageManifest = (project: ProjectManifest) => {
  const { name, version, description, license } = project;
  const peerDependencies = peersOf(project);
  return {
    ...{ name, version, description, license },
    // Node.js 23.0 to 23.3 still need the flag.
    engines: { node: `^${OLDEST_NODE} || >=23.4.0` },
    keywords: ['awscdk', 'cdk', 'counter', 'visitors', 'dynamodb', 'event-sourcing', 'privacy'],
    type: 'module',
    bin: { 'session-counter': 'command/command.js' },
    main: './infra/session-counter.cjs',
    types: './types/cjs/package/construct.d.ts',
    exports: EXPORTS,
    customElements: './widget/custom-elements.json',
    sideEffects: ['./widget/widget.js'],
    peerDependencies,
    peerDependenciesMeta: Object.fromEntries(
      Object.keys(peerDependencies).map((peer) => [peer, { optional: true }]),
    ),
  };
};

const EXPORTS = {
  '.': {
    import: { types: './types/esm/package/construct.d.ts', default: './infra/session-counter.mjs' },
    require: {
      types: './types/cjs/package/construct.d.ts',
      default: './infra/session-counter.cjs',
    },
  },
  ...WIDGET_EXPORTS,
  './package.json': './package.json',
};

const peersOf = (project: ProjectManifest): Record<string, string> => {
  const [database] = Object.values(project.optionalDependencies);
  const databases = DATABASE_PLATFORMS.map((platform) => [`@dynoxide/${platform}`, database]);
  return { ...CDK_PACKAGES, ...Object.fromEntries(databases) };
};
