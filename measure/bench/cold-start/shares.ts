import type { Bundled } from '../../../infra/bundling/bundles.ts';
import type { Row } from '../part/part.ts';

/** The parts of a bundle, in bytes; everything else is the SDK's client. */
const SHARES: Readonly<Record<string, RegExp>> = {
  'our own': /^(src|infra)\//,
  'document client': /node_modules\/@aws-sdk\/(lib-dynamodb|util-dynamodb)\//,
  powertools: /node_modules\/@aws-lambda-powertools\//,
  middy: /node_modules\/@middy\//,
  isbot: /node_modules\/isbot\//,
  'ipaddr.js': /node_modules\/ipaddr\.js\//,
};

/** The bytes that each dependency contributes to a bundle. */
export const shareOf = ({ inputs }: Bundled): Row =>
  Object.fromEntries(
    Object.entries(SHARES).map(([name, pattern]) => [
      name,
      Object.entries(inputs)
        .filter(([path]) => pattern.test(path))
        .reduce((sum, [, bytes]) => sum + bytes, 0),
    ]),
  );
