import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { formatBill } from './format-bill.ts';
import { measureUnits } from './measure-units.ts';

const { endpoint, stop } = await startEmbeddedDynamoDB(undefined);
try {
  const { openShards } = ASSUMPTIONS;
  const units = await measureUnits(endpoint, { id: 'cost', openShards });
  process.stdout.write(`${formatBill(units, ASSUMPTIONS)}\n`);
} finally {
  await stop();
}
