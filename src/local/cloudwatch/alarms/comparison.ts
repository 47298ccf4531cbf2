/** Comparisons of a data point with a threshold, by their names in CloudFormation. */
export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanOrEqualToThreshold: '<=',
  LessThanThreshold: '<',
} as const;

/** The sign of a comparison. */
export type Comparison = (typeof COMPARISONS)[keyof typeof COMPARISONS];

/** Whether a value breaches a threshold. */
export const breaches = (value: number, comparison: Comparison, threshold: number): boolean => {
  switch (comparison) {
    case '>=':
      return value >= threshold;
    case '>':
      return value > threshold;
    case '<=':
      return value <= threshold;
    case '<':
      return value < threshold;
  }
};
