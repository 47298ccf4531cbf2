/** What API Gateway knows of a request when it writes its line to the access log. */
export interface AccessLogEntry {
  readonly requestId: string;
  readonly routeKey: string;
  readonly status: number;
  /** Milliseconds. */
  readonly integrationLatency: number;
}

const VARIABLE = /\$context\.([\w.]+)/g;

/**
 * A line of the access log in a format with variables such as `$context.status`. A variable without a value is `-`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export const formatAccessLine = (format: string, entry: AccessLogEntry): string => {
  const values: Readonly<Record<string, number | string>> = { ...entry };
  return format.replaceAll(VARIABLE, (_, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : '-',
  );
};
