import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ENTRY_POINT = fileURLToPath(new URL('../widget/main.ts', import.meta.url));
const BUDGET_BYTES = 1_800;

/**
 * Bundles the widget into one minified ES module without imports; returns its text. Throws if
 * esbuild reports an error or the module exceeds 1,800 bytes gzipped.
 */
export const buildWidget = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [ENTRY_POINT],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  });
  return checkBudget(outputFiles[0]?.text ?? '');
};

/** Returns the text. Throws if it exceeds 1,800 bytes gzipped. */
export const checkBudget = (text: string): string => {
  const bytes = gzipSync(text, { level: 9 }).length;
  if (bytes <= BUDGET_BYTES) return text;
  throw new Error(`The widget is ${bytes} bytes gzipped; the limit is ${BUDGET_BYTES}`);
};

/** The value of a script element's `integrity` attribute for this text. */
export const integrityOf = (text: string): string =>
  `sha384-${createHash('sha384').update(text).digest('base64')}`;
