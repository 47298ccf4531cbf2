const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with commas, such as `48,522`. */
export const formatNumber = (number: number): string => WHOLE.format(number);

/** A number of things, such as `1 request` or `2,400 requests`. */
export const formatCount = (number: number, singular: string): string => {
  const text = formatNumber(number);
  return `${text} ${singular}${text === '1' ? '' : 's'}`;
};

const CENTS = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** Dollars to the cent, such as `0.03 USD` or `1,204.50 USD`. */
export const formatUsd = (usd: number): string =>
  usd > 0 && usd < 0.005 ? 'less than 0.01 USD' : `${CENTS.format(usd)} USD`;
