const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with commas, such as `48,522`. */
export const formatNumber = (number: number): string => WHOLE.format(number);

/** A number of things, such as `1 request` or `2,400 requests`. */
export const formatCount = (number: number, singular: string): string => {
  const text = formatNumber(number);
  return `${text} ${singular}${text === '1' ? '' : 's'}`;
};

/** Dollars to the cent, such as `0.03 USD`. */
export const formatUsd = (usd: number): string =>
  usd > 0 && usd < 0.005 ? 'less than 0.01 USD' : `${usd.toFixed(2)} USD`;
