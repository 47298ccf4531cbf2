import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { SessionCounter } from '../../infra/session-counter.ts';
import { ALL_FUNCTIONS } from '../../src/settings/function-name.ts';

interface Resource {
  readonly Properties: Record<string, unknown>;
  readonly Metadata?: Record<string, string>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
}

/**
 * Runs `work` with a folder that has an empty bundle for each function, and deletes it. The CDK reads the
 * bundles while the constructs are created, not when they are synthesized.
 */
export const withBundles = <Result>(work: (bundleFolder: string) => Result): Result => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-bundles-'));
  try {
    for (const name of [...ALL_FUNCTIONS, 'hash-key', 'active-shards']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'index.mjs'), '');
    }
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export interface AppOptions {
  /** Checks templates against the rules of CloudFormation, which takes seconds in each process. */
  readonly checksRules?: boolean;
}

/** An empty stack in an app with the feature flags of cdk.json. */
export const emptyStack = (options?: AppOptions): Stack => new Stack(emptyApp(options), 'S');

/**
 * An app with the feature flags of cdk.json. It leaves nothing on the disk when `whileSynthesized`
 * or `templateOf` synthesizes it.
 */
export const emptyApp = ({ checksRules = false }: AppOptions = {}): App => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const outdir = mkdtempSync(join(tmpdir(), 'session-counter-cdk.out-'));
  const app = new App({
    outdir,
    builtinCloudFormationValidation: checksRules,
    context: {
      ...context,
      ...{ 'aws:cdk:enable-path-metadata': true, 'aws:cdk:disable-asset-staging': true },
    },
  });
  // The constructor creates the folder, but many tests need the app only as a scope.
  rmdirSync(outdir);
  return app;
};

/** Runs `synthesize` with the app of the stack, whose output folder exists only during the call. */
export const whileSynthesized = <Result>(
  stack: Stack,
  synthesize: (app: App) => Result,
): Result => {
  const app = stack.node.root as App;
  // A stage has already created it again.
  mkdirSync(app.outdir, { recursive: true });
  try {
    return synthesize(app);
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
};

/** The template of a stack. Throws when a construct is invalid. */
export const templateOf = (stack: Stack): Template =>
  whileSynthesized(stack, () => Template.fromStack(stack));

/** Adds a counter to a stack. */
export const addCounter = (scope: Construct, props: SessionCounterProps = {}, id = 'Counter') =>
  withBundles(
    (bundleFolder) => new SessionCounter(scope, id, { bundleFolder, name: 'blog', ...props }),
  );

/** The resources of a stack with one counter, with references resolved to construct paths. */
export interface Synthesis {
  readonly text: string;
  readonly outputs: Record<string, string>;
  /** The construct path of a logical id. */
  readonly pathOf: (id: string) => string;
  /** Resources by their path in the construct. */
  readonly ofType: (type: string) => Record<string, Resource>;
  /** The properties of the only resource of a type, or of the one at `path`. */
  readonly properties: <Properties = Record<string, unknown>>(
    type: string,
    path?: string,
  ) => Properties;
}

/** Synthesizes a stack with one counter, once per set of props, which must contain no constructs. */
export const synthesize = (props: SessionCounterProps = {}): Synthesis => {
  const key = JSON.stringify(props);
  const synthesis = syntheses.get(key) ?? synthesizeCounter(props);
  syntheses.set(key, synthesis);
  return synthesis;
};

const syntheses = new Map<string, Synthesis>();

const synthesizeCounter = (props: SessionCounterProps): Synthesis => {
  const stack = emptyStack();
  addCounter(stack, props);
  return readTemplate(stack);
};

/** Synthesizes a stack that holds one counter. */
export const readTemplate = (stack: Stack): Synthesis => {
  const template = templateOf(stack);
  const pathOf = (id: string): string => {
    const path: string | undefined = template.toJSON().Resources[id]?.Metadata?.['aws:cdk:path'];
    return path?.replace(/^S\/Counter\//, '').replace(/\/Resource$/, '') ?? id;
  };
  const ofType = (type: string) =>
    Object.fromEntries(
      Object.entries(template.findResources(type)).map(([id, resource]) => [
        pathOf(id),
        spellOut(resource, pathOf) as Resource,
      ]),
    );
  const properties = <Properties>(type: string, path?: string): Properties => {
    const found = Object.entries(ofType(type)).filter(([at]) => path === undefined || at === path);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${type} at ${path}`);
    return found[0][1].Properties as Properties;
  };
  const { Outputs = {}, ...json } = template.toJSON();
  const outputs = Object.entries(Outputs as Record<string, { Value: unknown }>).map(
    ([id, { Value }]) => [id, spellOut(Value, pathOf)],
  );
  return {
    text: JSON.stringify(json),
    outputs: Object.fromEntries(outputs),
    pathOf,
    ofType,
    properties,
  };
};

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: [id: string, attribute: string];
  readonly 'Fn::Join'?: [separator: string, parts: unknown[]];
  readonly 'Fn::If'?: [condition: string, then: unknown, otherwise: unknown];
}

// Resolves { Ref } and { Fn::GetAtt } to `path` and `path.attribute`, and evaluates joins. Takes every
// condition as false: they all ask for a partition other than `aws`.
const spellOut = (value: unknown, pathOf: (id: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((entry) => spellOut(entry, pathOf));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::If': choice } = value as Intrinsic;
  if (Ref) return pathOf(Ref);
  if (attribute) return `${pathOf(attribute[0])}.${attribute[1]}`;
  if (choice) return spellOut(choice[2], pathOf);
  if (join) return (spellOut(join[1], pathOf) as string[]).join(join[0]);
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, spellOut(entry, pathOf)]),
  );
};
