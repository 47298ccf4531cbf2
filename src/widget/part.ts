/** A child of an element. */
export type Content = Node | string;

/** An element that the page can style with `::part(name)`. */
export const createPart = (name: string, ...content: Content[]): HTMLElement => {
  const part = document.createElement('span');
  part.part = name;
  part.append(...content);
  return part;
};
