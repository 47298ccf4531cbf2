import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ENTRY_POINT = fileURLToPath(new URL('../widget/main.ts', import.meta.url));
const BUDGET_BYTES = 1_800;

/**
 * The text of the widget: one minified ES module that imports nothing. Throws when esbuild finds
 * an error, and when the module is larger than 1,800 bytes gzipped.
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
  return keepBudget(outputFiles[0]?.text ?? '');
};

/** The same text. Throws when it is larger than 1,800 bytes gzipped. */
export const keepBudget = (text: string): string => {
  const bytes = gzipSync(text, { level: 9 }).length;
  if (bytes <= BUDGET_BYTES) return text;
  throw new Error(`The widget has ${bytes} bytes gzipped; ${BUDGET_BYTES} are allowed`);
};

/** What a script element's `integrity` attribute says of this text. */
export const integrityOf = (text: string): string =>
  `sha384-${createHash('sha384').update(text).digest('base64')}`;
