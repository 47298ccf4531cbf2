import type { APIGatewayProxyEvent } from 'aws-lambda';
import { EDGE_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from './edge-header-names.ts';

/** What the edge adds to a request. Each is undefined unless the request has exactly one such header. */
export interface EdgeHeaders {
  readonly secret: string | undefined;
  readonly viewerAddress: string | undefined;
}

/**
 * The headers of the edge in an event of either payload version, in whatever case their names are. Never throws. In
 * payload 2.0 the values of a repeated header are one text with commas, which is neither a secret nor an address.
 */
export const readEdgeHeaders = (event: unknown): EdgeHeaders => {
  const { headers, multiValueHeaders }: Partial<Headers> = asRecord(event);
  const soleValue = (name: string): string | undefined => {
    // Payload 1.0 has only the last value in `headers`.
    const listed = valuesOf(multiValueHeaders, name);
    const [value, ...others] = listed.length > 0 ? listed : valuesOf(headers, name);
    return typeof value === 'string' && others.length === 0 ? value : undefined;
  };
  return { secret: soleValue(EDGE_SECRET_HEADER), viewerAddress: soleValue(VIEWER_ADDRESS_HEADER) };
};

type Headers = Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>;

const valuesOf = (headers: unknown, name: string): unknown[] =>
  Object.entries(asRecord(headers))
    .filter(([other]) => other.toLowerCase() === name)
    .flatMap(([, values]) => values);

const asRecord = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : {};
