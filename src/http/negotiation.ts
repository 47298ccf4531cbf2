/**
 * Whether a client with this Accept-Encoding header takes gzip: it names gzip, or every encoding, with a
 * weight above 0.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
 */
export const acceptsGzip = (acceptEncoding = ''): boolean => {
  const weights = new Map(acceptEncoding.toLowerCase().split(',').map(parseCoding));
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
};

const parseCoding = (text: string): [coding: string, weight: number] => {
  const [coding = '', weight = 'q=1'] = text.split(';').map((part) => part.trim());
  return [coding, Number(weight.slice('q='.length))];
};

/**
 * Whether a client with this If-None-Match header already has the response with this entity tag.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match
 */
export const hasMatch = (ifNoneMatch: string | undefined, entityTag: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === entityTag);
