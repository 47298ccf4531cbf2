import type { Assumptions } from './assumptions.ts';
import { behindEdge } from './behind-edge.ts';
import { BILL_LINES } from './bill-lines.ts';
import { edgeLines } from './edge-lines.ts';
import type { MeasuredUnits } from './measured-units.ts';
import type { Price, Use } from './prices.ts';
import { workloadOf } from './workload.ts';

/** One line of the bill, USD per month. */
export interface BillLine {
  readonly service: string;
  readonly listUsd: number;
  /** After the monthly free tier of every account. */
  readonly usd: number;
}

/** The bill for `visits` per month. A price with a free tier occurs in one line only. */
export const monthlyBill = (
  visits: number,
  units: MeasuredUnits,
  assumptions: Assumptions,
): BillLine[] => {
  const alone = { work: workloadOf(visits, assumptions), units, assumptions };
  const basis = assumptions.edgeLocations > 0 ? { ...alone, work: behindEdge(alone) } : alone;
  const { edge } = basis.work;
  return Object.entries({ ...BILL_LINES, ...(edge && edgeLines(edge)) }).map(([service, uses]) =>
    billLine(service, uses(basis)),
  );
};

/** The sum of all lines, USD per month. */
export const totalOf = (lines: readonly BillLine[], kind: 'listUsd' | 'usd'): number =>
  lines.reduce((sum, line) => sum + line[kind], 0);

const billLine = (service: string, uses: readonly Use[]): BillLine => ({
  service,
  listUsd: uses.reduce((sum, [price, quantity]) => sum + charge(price, quantity), 0),
  usd: uses.reduce((sum, [price, quantity]) => sum + charge(price, quantity - price.free), 0),
});

const charge = ({ usd, per }: Price, quantity: number): number =>
  (Math.max(0, quantity) / per) * usd;
