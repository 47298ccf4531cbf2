import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { SETTING_NAMES } from '../infra/settings/counter-settings.ts';
import { DEFINITIONS } from '../infra/settings/definitions.ts';
import { describeValues } from '../infra/settings/describe-values.ts';

const MODULE = /[\\/]infra[\\/]settings[\\/]setting-validators\.ts$/;

/**
 * Replaces `infra/settings/setting-validators.ts` by the code that Ajv compiles from the same schemas: 130 kB less.
 *
 * @see https://ajv.js.org/standalone.html
 */
export const precompileValidators: Plugin = {
  name: 'precompile-validators',
  setup: ({ onLoad }) =>
    onLoad({ filter: MODULE }, ({ path }) => ({
      contents: `${compileAll()}\nexport const VALIDATORS = { ${SETTING_NAMES.join(', ')} };`,
      resolveDir: path.replace(/[^\\/]+$/, ''),
    })),
};

const compileAll = (): string => {
  const ajv = new Ajv({ code: { source: true, esm: true } });
  // Ajv would declare the function of a schema that two settings share twice.
  for (const name of SETTING_NAMES) {
    ajv.addSchema(structuredClone(describeValues(DEFINITIONS[name]).schema), name);
  }
  return standalone.default(ajv, Object.fromEntries(SETTING_NAMES.map((name) => [name, name])));
};
