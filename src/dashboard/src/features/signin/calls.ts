import type { AuthMethodsList, RecordModel } from 'pocketbase';
import { ClientResponseError, pb } from '~/api/client';

/** How superusers can sign in; the last two are Hearth's own. */
export type Methods = AuthMethodsList & { passkeys?: { enabled: boolean }; totp?: { enabled: boolean } };

/** What the server asks for after the first proof. */
export interface Asked {
  mfaId: string;
  /** What the person has added: `totp`, `recovery-code`, `passkey`; empty when the collection asks everybody for two. */
  factors: string[];
  /** The first proof, which does not count twice. */
  first: 'password' | 'otp' | 'passkey';
}

const keptDevice = 'hearth.device';
const superusers = pb.collection('_superusers');

interface Signed {
  token: string;
  record: RecordModel;
  deviceToken?: string;
}

// A body that is given replaces the one that the SDK makes, so the calls below write it whole.
const device = () => {
  const deviceToken = localStorage.getItem(keptDevice);
  return deviceToken ? { deviceToken } : {};
};

const remember = (signed: object) => {
  if ('deviceToken' in signed && typeof signed.deviceToken === 'string') localStorage.setItem(keptDevice, signed.deviceToken);
};

const send = <T>(path: string, body: object) => pb.send<T>(`/api/collections/_superusers/${path}`, { method: 'POST', body });

const keep = (signed: Signed) => {
  remember(signed);
  pb.authStore.save(signed.token, signed.record);
};

/** How one can sign in here. */
export const loadMethods = () => pb.send<Methods>('/api/collections/_superusers/auth-methods', { method: 'GET' });

/** What the server asks for next, when that is why a sign-in did not go through. */
export function askedBy(error: unknown, first: Asked['first']): Asked | null {
  if (!(error instanceof ClientResponseError) || error.status !== 401) return null;
  const { mfaId, factors } = error.response;
  return typeof mfaId === 'string' ? { mfaId, factors: Array.isArray(factors) ? factors : [], first } : null;
}

export const withPassword = async (email: string, password: string, mfaId?: string) =>
  remember(await superusers.authWithPassword(email, password, { body: { identity: email, password, ...device(), ...(mfaId && { mfaId }) } }));

export const withPasskey = async (mfaId?: string) => {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  type Options = Parameters<typeof startAuthentication>[0]['optionsJSON'];
  const asked = mfaId ? { mfaId } : {};
  const { options, ceremony } = await send<{ options: Options; ceremony: string }>('passkeys/challenge', asked);
  const credential = await startAuthentication({ optionsJSON: options });
  keep(await send<Signed>('auth-with-passkey', { ceremony, credential, ...asked }));
};

export const withApp = async (mfaId: string, code: string) => keep(await send<Signed>('auth-with-totp', { mfaId, code: code.replaceAll(' ', '') }));

export const withRecoveryCode = async (mfaId: string, code: string) =>
  keep(await send<Signed>('auth-with-recovery-code', { mfaId, code: code.trim() }));

export const requestCode = async (email: string) => (await superusers.requestOTP(email)).otpId;

export const withMailedCode = async (otpId: string, code: string, mfaId?: string) =>
  remember(await superusers.authWithOTP(otpId, code.trim(), { body: { otpId, password: code.trim(), ...device(), ...(mfaId && { mfaId }) } }));

export const requestLink = (email: string) => superusers.requestPasswordReset(email);
