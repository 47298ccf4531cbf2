const DATA = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'];
const BITS = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'];

/**
 * The units of CloudWatch.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
 */
export const UNITS: readonly string[] = [
  ...['Seconds', 'Microseconds', 'Milliseconds', ...DATA, ...BITS, 'Percent', 'Count'],
  ...[...DATA, ...BITS, 'Count'].map((unit) => `${unit}/Second`),
  'None',
];
