import { expect, it } from 'vitest';
import {
  allowOrigin,
  isConfiguredOrigin,
  isRefusedOrigin,
} from '../../src/domain/allowed-origins.ts';

const LIST = ['https://a.example', 'https://b.example'];

it.each([
  { allowed: '*' as const, origin: 'https://any.example', answer: '*', refused: false },
  { allowed: '*' as const, origin: undefined, answer: '*', refused: false },
  { allowed: '*' as const, origin: 'null', answer: '*', refused: false },
  { allowed: LIST, origin: 'https://b.example', answer: 'https://b.example', refused: false },
  { allowed: LIST, origin: undefined, answer: undefined, refused: false },
  { allowed: LIST, origin: 'https://c.example', answer: undefined, refused: true },
  { allowed: LIST, origin: 'http://a.example', answer: undefined, refused: true },
  { allowed: LIST, origin: 'null', answer: undefined, refused: true },
])('$origin under $allowed: $answer, refused $refused', ({ allowed, origin, answer, refused }) => {
  expect(allowOrigin(allowed, origin)).toBe(answer);
  expect(isRefusedOrigin(allowed, origin)).toBe(refused);
});

it.each([
  { allowed: LIST, origin: 'https://b.example', configured: true },
  { allowed: LIST, origin: 'https://c.example', configured: false },
  { allowed: LIST, origin: undefined, configured: false },
  { allowed: '*' as const, origin: 'https://b.example', configured: false },
  { allowed: '*' as const, origin: '*', configured: false },
])('$origin is configured by $allowed: $configured', ({ allowed, origin, configured }) => {
  expect(isConfiguredOrigin(allowed, origin)).toBe(configured);
});
