import { EDGE_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from './edge-header-names.ts';
import type { EdgeSecrets } from './edge-secrets.ts';
import type { HttpRequest } from './http-request.ts';
import { errorResponse, type HttpResponse, unavailableResponse } from './http-response.ts';
import type { Route } from './router.ts';
import { parseViewerAddress } from './viewer-address.ts';
import { viewerVia } from './viewer-via.ts';

export interface EdgeCheck {
  readonly secrets: EdgeSecrets;
  /** Whether requests without the secret are refused; otherwise they are answered as without an edge. */
  readonly isRequired: boolean;
}

/**
 * The route for requests that come through the edge, with the address of the viewer and without what the edge adds.
 * Any other request gets a 403 unless the edge is not required and it has no secret at all, and while the secret is unknown a 503 with Retry-After, before anything else is done.
 * A request without exactly one secret never causes a reading of the secret.
 *
 * A refused request is in no metric of the counter, and no log line: it is no visit, and whoever sends such requests
 * must not change the refused visits, or set off the alarm for unusual ones. API Gateway counts its status.
 */
export const behindEdge =
  ({ secrets, isRequired }: EdgeCheck, route: Route): Route =>
  async (request, signal) => {
    const { secret, viewerAddress } = request.edge ?? {};
    if (!isRequired && request.headers[EDGE_SECRET_HEADER] === undefined) {
      return route(asWithoutEdge(request), signal);
    }
    const judgement = secret === undefined ? 'invalid' : await secrets.judge(secret);
    if (judgement === 'unavailable') return unavailableResponse(UNKNOWN_SECRET);
    if (judgement !== 'valid') return refuse(PAST_EDGE);
    const address = parseViewerAddress(viewerAddress);
    if (address === undefined) return refuse(NO_ADDRESS);
    return route(withAddress(request, address), signal);
  };

const UNKNOWN_SECRET = 'Requests cannot be checked: the edge secret cannot be read.';
const PAST_EDGE = 'This API only answers requests that come through its content delivery network.';
const NO_ADDRESS =
  'The content delivery network must send the header CloudFront-Viewer-Address, such as 198.51.100.10:46532.';

const refuse = (message: string): HttpResponse => errorResponse(403, message);

// Whoever goes round the edge can write its headers, so the address of the viewer counts only beside the secret.
const asWithoutEdge = ({ edge, ...request }: HttpRequest): HttpRequest => request;

const withAddress = ({ edge, ...request }: HttpRequest, address: string): HttpRequest => {
  const {
    [EDGE_SECRET_HEADER]: secret,
    [VIEWER_ADDRESS_HEADER]: viewer,
    ...headers
  } = request.headers;
  const via = viewerVia(headers.via);
  return { ...request, headers: { ...headers, via }, visitor: { ...request.visitor, address } };
};
