import { errorResponse, type HttpResponse } from '../../http/http-response.ts';

/** An error response of the local server itself. Every page may read it: it reveals no counts. */
export const publicErrorResponse = (
  statusCode: number,
  message: string,
  headers: Record<string, string> = {},
): HttpResponse =>
  errorResponse(statusCode, message, { 'Access-Control-Allow-Origin': '*', ...headers });
