import { SessionCounter } from './element.ts';
import { NAME } from './ignore-flag.ts';

// A page may load the script from two addresses; the first copy does it all.
if (!customElements.get(NAME)) customElements.define(NAME, SessionCounter);
