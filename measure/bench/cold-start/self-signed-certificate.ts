import { generateKeyPairSync, sign } from 'node:crypto';

/** A private key and its certificate, both as PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/**
 * A new self-signed certificate for TLS, valid from 2020 to 2049 (X.509 version 1, ECDSA with P-256). Only
 * for clients that do not verify it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export const createSelfSigned = (): Identity => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const toSign = sequence(SERIAL, ECDSA_WITH_SHA256, NAME, VALIDITY, NAME, spki);
  const signature = sign('sha256', toSign, privateKey);
  const bits = der(0x03, Buffer.concat([Buffer.of(0), signature]));
  const cert = sequence(toSign, ECDSA_WITH_SHA256, bits).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n`,
  };
};

const der = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);

const lengthOf = (bytes: number): Buffer =>
  bytes < 0x80 ? Buffer.of(bytes) : Buffer.of(0x82, bytes >> 8, bytes & 0xff);

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts));

const time = (text: string): Buffer => der(0x17, Buffer.from(text));

const SERIAL = der(0x02, Buffer.of(1));
// 1.2.840.10045.4.3.2
const ECDSA_WITH_SHA256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
// 2.5.4.3, the common name
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));
const NAME = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('localhost')))));
const VALIDITY = sequence(time('200101000000Z'), time('491231235959Z'));
