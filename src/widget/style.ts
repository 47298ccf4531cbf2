// Below the width that the text may need it has two lines, with and without numbers, so that
// nothing ever moves.
const CSS = `:host(:not([hidden])){display:inline-block;width:44ch;max-width:100%;container-type:inline-size}[part=number]{color:var(--session-counter-number)}@container(width<44ch){[part=active]{display:block}}`;

/**
 * What all elements look like unless the page says otherwise. Constructed, because a strict
 * Content-Security-Policy refuses style elements.
 */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);
