/** A mail's page that may be put into a sandboxed frame, and how many pictures of other servers it would load. */
export interface QuietPage {
  html: string;
  remote: number;
}

/**
 * Makes a mail fit to be shown. The frame runs no scripts and takes over the strict policy of this page, which lets no style through without its nonce:
 * so styles get the nonce, those of attributes become rules of their own, and links open a tab. What could load or lead elsewhere by itself is taken out.
 */
export function quiet(html: string, nonce: string): QuietPage {
  // Styles without the nonce would be refused, and complained about, as soon as they are read.
  const known = html
    .replace(/<style\b/gi, `<style nonce="${nonce}"`)
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, ' data-style'));
  const page = new DOMParser().parseFromString(known, 'text/html');
  for (const one of page.querySelectorAll('script, base, link, meta[http-equiv], iframe, frame, object, embed, form')) one.remove();
  let remote = 0;
  const rules: string[] = [];
  for (const element of page.querySelectorAll<HTMLElement>('*')) {
    for (const { name } of [...element.attributes]) if (name.startsWith('on') || name === 'nonce') element.removeAttribute(name);
    if (element.hasAttribute('data-style')) {
      element.setAttribute('data-styled', String(rules.length));
      rules.push(`[data-styled="${rules.length}"] { ${declarationsOf(element.getAttribute('data-style') ?? '')} }`);
      element.removeAttribute('data-style');
    }
    const source = element.getAttribute('src') ?? element.getAttribute('background') ?? '';
    if (/^(https?:)?\/\//i.test(source)) {
      remote++;
      element.removeAttribute('src');
      element.removeAttribute('background');
    }
    element.removeAttribute('srcset');
    if (!(element instanceof HTMLAnchorElement) && !(element instanceof HTMLAreaElement)) continue;
    if (!/^(https?|mailto):/i.test(element.getAttribute('href') ?? '')) element.removeAttribute('href');
    element.target = '_blank';
    element.rel = 'noopener noreferrer';
  }
  if (rules.length > 0) page.head.append(Object.assign(page.createElement('style'), { nonce, textContent: rules.join('\n') }));
  for (const style of page.querySelectorAll('style')) style.setAttribute('nonce', nonce);
  return { html: `<!doctype html>${page.documentElement.outerHTML}`, remote };
}

/** Declarations as the browser understands them, so that they can end neither the rule nor the element that they are put into. */
function declarationsOf(text: string): string {
  const { style } = document.createElement('i');
  style.cssText = text;
  return style.cssText.replaceAll('<', '\\3c ');
}
