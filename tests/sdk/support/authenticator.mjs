// Chromium's virtual authenticator: a phone or security key that the browser takes for a real one.

/**
 * Adds a device to the browser of a page.
 * @param page      a playwright page
 * @param options   further CDP options, such as `isUserVerified: false`
 */
export async function addAuthenticator(page, options = {}) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options,
    },
  });
  return {
    /** The passkeys that the device holds. */
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    /** Puts a passkey (a changed copy of one, say) onto the device. */
    put: credential => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    /** Takes all passkeys away, as a device does that was lost. */
    clear: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
    setUserVerified: isUserVerified => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

/** Makes a passkey in the page, as the guide shows it; gives the answer of the server. */
export const createPasskey = (page, { token, name, password }) => page.evaluate(async ({ token, name, password }) => {
  const send = async (path, body) => (await fetch(`/api/collections/users/${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: token }, body: JSON.stringify(body),
  })).json();
  const { options, ceremony } = await send('passkeys/begin', { password });
  const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  return send('passkeys/finish', { ceremony, credential: made.toJSON(), name });
}, { token, name, password });

/** Signs in with a passkey in the page, without a name or as second factor; gives status and body. */
export const signInWithPasskey = (page, mfaId) => page.evaluate(async mfaId => {
  const send = async (path, body) => {
    const response = await fetch(`/api/collections/users/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  const { options, ceremony } = (await send('passkeys/challenge', { mfaId })).body;
  const shown = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return send('auth-with-passkey', { ceremony, credential: shown.toJSON(), mfaId });
}, mfaId);
