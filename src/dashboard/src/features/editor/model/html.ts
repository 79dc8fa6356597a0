const known = new Set(
  'html head body p br strong b em i u s strike del code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 hr a span div'.toUpperCase().split(' '),
);
const attributes: Record<string, string[]> = { A: ['href', 'target', 'rel', 'class', 'title'], OL: ['start', 'type'], CODE: ['class'] };

/**
 * The same page of HTML with its event handlers renamed, so that parsing it does not even try to make them. They never run: the dashboard's
 * content security policy forbids it, and the parser makes a document of its own.
 */
export const withoutHandlers = (html: string): string => html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(on\w+\s*=)/gi, '$1data-$2'));

/**
 * What of a page of HTML the visual editor would lose: names of elements, and of attributes as `element[attribute]`.
 * The text is read into a document of its own, in which nothing runs and nothing is loaded.
 */
export function lostByEditor(html: string): string[] {
  if (!html.includes('<')) return [];
  const lost = new Set<string>();
  for (const element of new DOMParser().parseFromString(withoutHandlers(html), 'text/html').querySelectorAll('*')) {
    const tag = element.tagName;
    if (!known.has(tag)) lost.add(tag.toLowerCase());
    else
      for (const { name } of element.attributes)
        if (!attributes[tag]?.includes(name)) lost.add(`${tag.toLowerCase()}[${name.replace(/^data-on/, 'on')}]`);
  }
  return [...lost];
}
