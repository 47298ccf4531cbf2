import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { SessionCounter } from '../../infra/session-counter.ts';
import { FUNCTIONS } from '../../src/settings/function-name.ts';

interface Resource {
  readonly Properties: Record<string, unknown>;
  readonly Metadata?: Record<string, string>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
}

/** A folder with a bundle for each function that does nothing; gone after the test file. */
export const bundleFolder = mkdtempSync(join(tmpdir(), 'session-counter-bundles-'));
for (const name of [...FUNCTIONS, 'observer']) {
  mkdirSync(join(bundleFolder, name));
  writeFileSync(join(bundleFolder, name, 'index.mjs'), 'export const handler = () => undefined;');
}
afterAll(() => rmSync(bundleFolder, { recursive: true }));

/** An app with the feature flags of cdk.json, and an empty stack in it. */
export const emptyStack = (): Stack => new Stack(emptyApp(), 'S');

/** An app with the feature flags of cdk.json. */
export const emptyApp = (flags: Record<string, boolean> = {}): App => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  return new App({ context: { ...context, 'aws:cdk:enable-path-metadata': true, ...flags } });
};

/** A counter in a stack, over bundles that do nothing. */
export const addCounter = (stack: Stack, props: SessionCounterProps = {}, id = 'Counter') =>
  new SessionCounter(stack, id, { bundleFolder, name: 'blog', ...props });

/** What a stack with one counter is made of, with references turned into construct paths. */
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

/** Synthesizes a stack with one counter. Throws when a rule of CloudFormation is broken. */
export const synthesize = (props: SessionCounterProps = {}): Synthesis => {
  const stack = emptyStack();
  addCounter(stack, props);
  return readTemplate(stack);
};

/** Synthesizes a stack that holds one counter. */
export const readTemplate = (stack: Stack): Synthesis => {
  const template = Template.fromStack(stack);
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

// Turns { Ref } and { Fn::GetAtt } into `path` and `path.attribute`, and joins what they are in. No
// condition holds: all are about partitions other than the first.
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
