/** A response of AWS. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A response of a service that answers in JSON. */
export const jsonAnswer = (body: object, status = 200): Answer => ({
  ...{ status, type: 'application/x-amz-json-1.0', body: JSON.stringify(body) },
});

/** A response of a service that answers in XML. */
export const xmlAnswer = (body: string, status = 200): Answer => ({
  ...{ status, type: 'text/xml', body },
});
