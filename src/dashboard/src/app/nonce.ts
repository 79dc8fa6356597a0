/** The nonce of this page's Content-Security-Policy, for styles that libraries add while running. */
export const cspNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// Where style-singleton, with which Mantine keeps the page behind a dialog still, looks for it.
Object.assign(globalThis, { __webpack_nonce__: cspNonce });
