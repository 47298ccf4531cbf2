import { MOST_COUNTS, MOST_TOTALS, SITE } from '../domain/counter-name.ts';
import { COUNTER_NAME_SCHEMA } from './openapi-schemas.ts';

const refTo = (schema: string) => ({ $ref: `#/components/schemas/${schema}` });

/** A response with a JSON body, of one of these schemas. */
export const json = (description: string, ...schemas: [string, ...string[]]) => {
  const [first, ...others] = schemas;
  const schema = others.length === 0 ? refTo(first) : { oneOf: schemas.map(refTo) };
  return { description, content: { 'application/json': { schema } } };
};

/** A response with another body. */
export const text = (description: string, contentType: string) => ({
  description,
  content: { [contentType]: { schema: { type: 'string' } } },
});

/** An optional query parameter. */
export const parameter = (name: string, description: string, schema: object) => ({
  ...{ name, in: 'query', required: false, description, schema },
});

/** The response to an invalid parameter. */
export const invalidParameter = json(
  'A parameter is invalid; the message names it and the allowed values.',
  'Error',
);

/** The response to the name of a counter that the deployment does not have. */
export const unknownCounter = json('The deployment has no such counter.', 'Error');

/** The response while the tables cannot be reached. */
export const unavailable = {
  ...json('The counter is currently unavailable.', 'Error'),
  headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'string' } } },
};

/** The response to a request that goes round the edge, in a deployment that has one. */
export const pastEdge = json(
  'The deployment only answers requests that come through its content delivery network.',
  'Error',
);

/** The response to a page of another origin, or to such a request. */
export const refusedOrigin = json(
  'This origin is not allowed, or the request does not come through the content delivery network.',
  'Error',
);

/** The parameter that names one counter. */
export const oneCounter = parameter('counter', 'The name of the counter', {
  ...COUNTER_NAME_SCHEMA,
  default: SITE,
});

const counterList = (name: 'counter' | 'total', description: string, maxItems: number) => ({
  ...parameter(name, `${description}, separated by commas`, {
    ...{ type: 'array', minItems: 1, maxItems, items: COUNTER_NAME_SCHEMA },
  }),
  ...{ style: 'form', explode: false },
});

/** The parameter that names the counters of a visit or a deletion. */
export const counterNames = (description: string, most: number) =>
  counterList('counter', `${description}, by default the site's`, most);

/** The parameters that name the counters to read. */
export const readCounterNames = [
  counterNames('The counters to read both numbers of', MOST_COUNTS),
  counterList('total', 'The counters to read only the distinct sessions of', MOST_TOTALS),
];
