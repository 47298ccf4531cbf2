import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CounterSettings, DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { formatRecord, RECORD } from '../../../infra/settings/recorded-settings.ts';

/** The parts of a template that tests change. */
export interface CounterTemplate {
  Metadata?: Record<string, unknown>;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/** A template that has only its recorded settings, with defaults for the others. Quick to create. */
export const bareTemplate = (settings: Partial<CounterSettings> = {}): CounterTemplate => ({
  Metadata: { [RECORD]: formatRecord({ ...DEFAULTS, ...settings }) },
  Resources: {},
});

/** Writes what `cdk synth` writes for a stack. */
export const writeAssembly = (folder: string, name: string, template: CounterTemplate): void => {
  const templateFile = `${name}.template.json`;
  const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, templateFile), JSON.stringify(template));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { [name]: artifact } }));
};
