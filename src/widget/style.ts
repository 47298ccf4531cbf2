// All lines lie in one cell, which has the room of the widest. A page may give the host another
// `display`: the box inside stays a grid. An indent is the paragraph's, and not each line's.
const CSS = `:host(:not([hidden])){display:inline-grid;text-indent:0}:host>*{display:grid}:host>*>*{grid-area:1/1}[role]~*{align-self:start;visibility:hidden}[part=active]{display:inline-block}[narrow] [role] [part=visitors]{display:block}[part=number]{color:var(--session-counter-number)}`;

/**
 * What all elements look like unless the page says otherwise. Constructed, because a strict
 * Content-Security-Policy refuses style elements.
 */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);
