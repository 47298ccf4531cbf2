import fc from 'fast-check';

const weirdText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('', '\0', '\ud800', '__proto__', 'constructor', '../../etc/passwd', '%00', '٣'),
  fc.integer({ min: 1, max: 8_192 }).map((length) => 'Mozilla/5.0 '.repeat(700).slice(0, length)),
);

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('::ffff:1.2.3.4', 'fe80::1%eth0', '999.1.1.1', '1.2.3', '::ffff:', '0x7f.1', '-'),
  weirdText,
);

const headerName = fc.oneof(
  fc.constantFrom('Origin', 'origin', 'DNT', 'Sec-GPC', 'Sec-Purpose', 'Purpose', '__proto__'),
  fc.constantFrom('constructor', 'toString', 'X-Forwarded-For', 'Access-Control-Request-Method'),
  weirdText,
);

const headers = fc.oneof(
  fc.constantFrom('https://a.example', 'https://b.example').map((Origin) => ({ Origin })),
  fc.dictionary(headerName, fc.oneof(weirdText, fc.anything({ maxDepth: 1 })), { maxKeys: 8 }),
  fc.anything({ maxDepth: 2 }),
);

// Mostly plausible, so that malformed values elsewhere get past the router.
const method = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('GET', 'POST', 'OPTIONS', 'post') },
  fc.constantFrom('HEAD', 'DELETE', 'constructor'),
  weirdText,
  fc.anything({ maxDepth: 1 }),
);

const path = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('/sessions', '/counts') },
  fc.constantFrom('/', '/sessions/', '//', '__proto__', 'constructor', 'toString'),
  weirdText,
  fc.anything({ maxDepth: 1 }),
);

const userAgent = fc.oneof(weirdText, fc.anything({ maxDepth: 1 }));

const version2 = fc.record(
  {
    version: fc.constant('2.0'),
    rawPath: path,
    headers,
    requestContext: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          http: fc.record({ method, sourceIp: address, userAgent }, { requiredKeys: ['method'] }),
        }),
      },
      fc.anything({ maxDepth: 2 }),
    ),
    body: fc.anything({ maxDepth: 1 }),
  },
  { requiredKeys: ['version', 'rawPath', 'requestContext'] },
);

const version1 = fc.record(
  {
    httpMethod: method,
    path,
    headers,
    requestContext: fc.oneof(
      fc.record({ identity: fc.record({ sourceIp: address, userAgent }, { requiredKeys: [] }) }),
      fc.anything({ maxDepth: 2 }),
    ),
  },
  { requiredKeys: ['httpMethod', 'path'] },
);

/** Events that API Gateway would never send, and some that it might, as far as JSON can represent them. */
export const hostileHttpEvent = fc
  .oneof({ weight: 4, arbitrary: version2 }, { weight: 4, arbitrary: version1 }, fc.anything())
  .map(throughJson);

const sequenceNumber = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 41n }).map(String),
  fc.constantFrom('0', '007', '9'.repeat(40), '1e3', '-1', '', '٣'),
  fc.anything({ maxDepth: 1 }),
);

const streamRecord = fc.oneof(
  fc.record(
    {
      eventID: fc.oneof(weirdText, fc.anything({ maxDepth: 1 })),
      eventName: fc.oneof(fc.constantFrom('INSERT', 'MODIFY', 'REMOVE', 'insert'), weirdText),
      userIdentity: fc.anything({ maxDepth: 1 }),
      dynamodb: fc.oneof(
        fc.record(
          {
            SequenceNumber: sequenceNumber,
            Keys: fc.anything({ maxDepth: 2 }),
            NewImage: fc.oneof(
              fc.record({ first_accessed: fc.record({ S: weirdText }) }),
              fc.anything({ maxDepth: 2 }),
            ),
            ApproximateCreationDateTime: fc.oneof(fc.double(), fc.anything({ maxDepth: 1 })),
          },
          { requiredKeys: [] },
        ),
        fc.anything({ maxDepth: 1 }),
      ),
    },
    { requiredKeys: [] },
  ),
  fc.anything({ maxDepth: 2 }),
);

/** Batches with arbitrary records. */
export const hostileBatch = fc.array(streamRecord, { maxLength: 12 }).map(throughJson);

// A function's event was JSON: no functions, no cycles, but possibly own keys such as __proto__.
function throughJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
  return text === undefined ? null : JSON.parse(text);
}
