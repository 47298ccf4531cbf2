import { errorResponse, type HttpResponse } from '../../http/http-response.ts';

/** An error answer of the local run itself. Every page may read it: it tells nothing of the counter. */
export const publicErrorResponse = (
  statusCode: number,
  message: string,
  headers: Record<string, string> = {},
): HttpResponse =>
  errorResponse(statusCode, message, { 'Access-Control-Allow-Origin': '*', ...headers });
