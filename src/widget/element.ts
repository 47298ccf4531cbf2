import { elements, update } from './page-counter.ts';
import { createView } from './view.ts';

/** `<session-counter>`: shows the counts of the page. Never throws an error into the page. */
export class SessionCounter extends HTMLElement {
  show = createView(this);

  connectedCallback(): void {
    elements.add(this);
    update([this]);
  }

  disconnectedCallback(): void {
    elements.delete(this);
    update([]);
  }
}
