/** The price of one kind of use: `usd` buys `per` units. */
interface UnitPrice {
  readonly usd: number;
  readonly per: number;
}

const MILLION = 1_000_000;

/**
 * The list prices in us-east-1 of what depends on the number of visits, in their first tier, without free tiers.
 *
 * @see https://aws.amazon.com/api-gateway/pricing/
 * @see https://aws.amazon.com/lambda/pricing/
 * @see https://aws.amazon.com/dynamodb/pricing/on-demand/
 */
export const UNIT_PRICES = {
  requests: { usd: 1, per: MILLION },
  calls: { usd: 0.2, per: MILLION },
  /** Of arm64. */
  gigabyteSeconds: { usd: 0.0000133334, per: 1 },
  writeUnits: { usd: 0.625, per: MILLION },
  readUnits: { usd: 0.125, per: MILLION },
} as const satisfies Record<string, UnitPrice>;
