/** The nonce of this page's Content-Security-Policy, for styles that libraries add while running. */
export const cspNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
