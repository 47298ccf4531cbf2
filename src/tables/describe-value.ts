/** An attribute, and the key of the item that has it. */
export interface AttributePlace {
  readonly name: string;
  readonly item: string;
}

/** A value of an attribute as text, for an error; binary values as the AWS CLI shows them. */
export const describeValue = (value: unknown): string =>
  value instanceof Uint8Array
    ? `the bytes ${Buffer.from(value).toString('base64')} (base64)`
    : `${JSON.stringify(value)}`;
