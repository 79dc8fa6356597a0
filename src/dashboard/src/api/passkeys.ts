const isNumber = (host: string) => /^[\d.]+$/.test(host) || host.startsWith('[');

/** Whether this browser can use passkeys at this address at all. A number such as 127.0.0.1 is no name that a passkey could belong to. */
export const passkeysWork = () => window.isSecureContext && 'PublicKeyCredential' in window && !isNumber(window.location.hostname);

/** Why a browser did not make or show a passkey. `elsewhere`: passkeys of this server belong to another address. Undefined when it was something else. */
export function passkeyTrouble(error: unknown): 'givenUp' | 'known' | 'elsewhere' | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'NotAllowedError') return 'givenUp';
  if (error.name === 'InvalidStateError') return 'known';
  return error.name === 'SecurityError' ? 'elsewhere' : undefined;
}
