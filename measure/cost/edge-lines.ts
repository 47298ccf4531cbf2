import { PRICES, type Use } from './prices.ts';
import type { EdgeWork } from './workload.ts';

/** What CloudFront adds to a bill. With a distribution that serves nothing but the counter, there is no function. */
export const edgeLines = ({
  requests,
  bytes,
  secretReads,
}: EdgeWork): Readonly<Record<string, () => Use[]>> => ({
  'CloudFront: requests': () => [[PRICES.edgeRequests, requests]],
  'CloudFront: data transfer': () => [[PRICES.edgeTransfer, bytes / 1e9]],
  'CloudFront: function that takes the prefix off': () => [[PRICES.edgeFunctions, requests]],
  'Secrets Manager': () => [
    [PRICES.secrets, 1],
    [PRICES.secretReads, secretReads],
  ],
});
