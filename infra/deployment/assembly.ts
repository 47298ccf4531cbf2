import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../settings/template.ts';

/** A stack in the folder that `cdk synth` wrote. */
export interface SynthesizedStack {
  readonly name: string;
  readonly path: string;
  readonly template: Template;
}

interface Manifest {
  readonly artifacts: Record<
    string,
    { readonly type: string; readonly properties?: { readonly templateFile?: string } }
  >;
}

/** The one stack of our app, which was synthesized into `folder`. */
export const readAssembly = (folder: string): SynthesizedStack => {
  const { artifacts } = readJson(join(folder, 'manifest.json')) as Manifest;
  const stacks = Object.entries(artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  const [name = '', stack] = stacks[0] ?? [];
  const path = join(folder, stack?.properties?.templateFile ?? `${name}.template.json`);
  return { name, path, template: readJson(path) as Template };
};

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
