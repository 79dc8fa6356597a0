// What the page asks the server: the records API and the routes of accounts, with the token of who is signed in.
const users = '/api/collections/users/';
let token = localStorage.getItem('token') ?? '';

/** A refused request: `status`, `message` and `data` are the server's own words. */
export class Refused extends Error {
  constructor(status, body) {
    super(Object.values(body.data ?? {})[0]?.message ?? body.message ?? 'That did not work.');
    Object.assign(this, { status, body });
  }
}

async function send(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: token }) },
    body: body && JSON.stringify(body),
  });
  const answer = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

const post = (way, body = {}) => send('POST', users + way, body);
const keep = answer => {
  token = answer.token;
  localStorage.setItem('token', token);
  return answer.record;
};
const claims = () => JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));

export const isSignedIn = () => token !== '';
export const forget = () => { token = ''; localStorage.removeItem('token'); };

export async function signUp(name, email, password) {
  await send('POST', users + 'records', { name, email, password, passwordConfirm: password });
  const record = await signIn(email, password);
  await askToVerify(email);
  return record;
}
export const signIn = async (identity, password) => keep(await post('auth-with-password', { identity, password }));
export const withCode = async (mfaId, code) => keep(await post('auth-with-totp', { mfaId, code }));
export const withRecoveryCode = async (mfaId, code) => keep(await post('auth-with-recovery-code', { mfaId, code }));
export const me = async () => keep(await post('auth-refresh'));
export const askToVerify = email => post('request-verification', { email });
export const askForPassword = email => post('request-password-reset', { email });

export async function withPasskey(mfaId) {
  const { options, ceremony } = await post('passkeys/challenge', { mfaId });
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return keep(await post('auth-with-passkey', { ceremony, credential: credential.toJSON(), mfaId }));
}
export async function addPasskey(name) {
  const { options, ceremony } = await post('passkeys/begin');
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  return post('passkeys/finish', { ceremony, credential: credential.toJSON(), name });
}

export const beginApp = () => post('totp/begin');
export const confirmApp = code => post('totp/confirm', { code });
export const removeApp = () => post('totp/remove');
export const makeCodes = async () => (await post('recovery-codes')).codes;

const rows = async table => (await send('GET', `/api/collections/${table}/records?perPage=100&sort=-created`)).items;
export const passkeys = () => rows('_passkeys');
export const apps = () => rows('_totps');
export const sessions = async () => (await rows('_sessions')).map(session => ({ ...session, isThis: session.id === claims().sid }));
export const remove = (table, id) => send('DELETE', `/api/collections/${table}/records/${id}`);
