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
  const page = new DOMParser().parseFromString(tame(html, nonce), 'text/html');
  for (const one of page.querySelectorAll('script, base, link, meta[http-equiv], iframe, frame, object, embed, form')) one.remove();
  let remote = 0;
  const rules: string[] = [];
  for (const element of page.querySelectorAll<HTMLElement>('*')) {
    const look = element.getAttribute('data-was-style');
    for (const { name } of [...element.attributes])
      if (name === 'style' || name.startsWith('on') || name.startsWith('data-was-')) element.removeAttribute(name);
    if (look !== null) {
      element.setAttribute('data-styled', String(rules.length));
      rules.push(`[data-styled="${rules.length}"] { ${declarationsOf(look)} }`);
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
  if (rules.length > 0) {
    const style = page.createElement('style');
    style.setAttribute('nonce', nonce);
    style.textContent = rules.join('\n');
    page.head.append(style);
  }
  return { html: `<!doctype html>${page.documentElement.outerHTML}`, remote };
}

/**
 * Gives other names to what the browser would refuse, and complain about, as soon as it reads it. It looks at text and may miss something odd: then that is
 * refused by the policy, as it should be.
 */
function tame(html: string, nonce: string): string {
  return html.replace(/<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi, (tag) =>
    tag.replace(/([\s"'/])(style|nonce|on[a-z]+)(?=\s*=)/gi, '$1data-was-$2').replace(/^<style(?=[\s>])/i, `<style nonce="${nonce}"`),
  );
}

/** Declarations as the browser understands them, so that they can end neither the rule nor the element that they are put into. */
function declarationsOf(text: string): string {
  const { style } = document.createElement('i');
  style.cssText = text;
  return style.cssText.replaceAll('<', '\\3c ');
}
