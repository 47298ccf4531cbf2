import { SessionCounter } from './element.ts';
import { NAME } from './ignore-flag.ts';

// If a page loads the script from two URLs, the first copy does everything.
try {
  customElements.define(NAME, SessionCounter);
} catch {}
