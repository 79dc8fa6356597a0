// The page itself: which part is shown, and what its buttons do.
import * as api from './api.js';

const at = id => document.getElementById(id);
let mfaId = '';

const show = part => { for (const id of ['welcome', 'second', 'home']) at(id).hidden = id !== part; };
const say = (text, bad = false) => {
  at('note').textContent = text;
  at('note').className = bad ? 'note bad' : 'note';
};

/** Does something that may be refused, with its button out of reach meanwhile. */
async function attempt(button, work) {
  say('');
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    if (error instanceof api.Refused && error.status === 401 && error.body.mfaId) {
      mfaId = error.body.mfaId;
      return show('second');
    }
    say(wordsFor(error), true);
  } finally {
    button.disabled = false;
  }
}

function wordsFor(error) {
  if (error.name === 'NotAllowedError') return 'That was stopped, or took too long. Please try again.';
  if (error.body?.data?.code) return 'That code does not work. Please look again.';
  return error.message;
}

const onSubmit = (id, work) => at(id).addEventListener('submit', event => {
  event.preventDefault();
  const form = event.target;
  attempt(form.querySelector('button'), async () => {
    await work(Object.fromEntries(new FormData(form)));
    form.reset();
  });
});
const onClick = (id, work) => at(id).addEventListener('click', event => attempt(event.currentTarget, work));

function item(text, details, action, work) {
  const line = document.createElement('li');
  const words = document.createElement('span');
  const small = document.createElement('small');
  words.textContent = text;
  small.textContent = details;
  words.append(small);
  line.append(words);
  if (work) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain';
    button.textContent = action;
    button.addEventListener('click', () => attempt(button, work));
    line.append(button);
  }
  return line;
}

async function showHome(record) {
  at('who').textContent = record.name || record.email;
  at('verified').textContent = record.verified ? `${record.email} is confirmed.` : `We sent a message to ${record.email}. Please follow the link in it.`;
  const [keys, apps, sessions] = await Promise.all([api.passkeys(), api.apps(), api.sessions()]);
  at('passkeys').replaceChildren(...keys.map(key => item(key.name, `added ${key.created.slice(0, 16)}`, 'Remove', async () => {
    await api.remove('_passkeys', key.id);
    await refresh('The passkey is removed.');
  })));
  const app = apps.find(({ confirmed }) => confirmed);
  at('app-state').textContent = app ? 'You have an app: its code is asked for when you sign in with your password.' : 'An app on your phone shows a new code every half minute.';
  at('add-app').hidden = !!app;
  at('remove-app').hidden = !app;
  at('sessions').replaceChildren(...sessions.map(session => item(session.device + (session.isThis ? ' (here)' : ''), `${session.ip}, last used ${session.lastUsed.slice(0, 16)}`, 'End', !session.isThis && (async () => {
    await api.remove('_sessions', session.id);
    await refresh('That place is signed out.');
  }))));
  show('home');
}

async function refresh(text) {
  await showHome(await api.me());
  say(text);
}

onSubmit('sign-in', async ({ email, password }) => showHome(await api.signIn(email, password)));
onSubmit('sign-up', async ({ name, email, password }) => showHome(await api.signUp(name, email, password)));
onSubmit('forgot', async ({ email }) => {
  await api.askForPassword(email);
  say('If there is an account with this address, a message is on its way.');
});
onSubmit('with-code', async ({ code }) => showHome(await api.withCode(mfaId, code)));
onSubmit('with-recovery', async ({ code }) => {
  await showHome(await api.withRecoveryCode(mfaId, code));
  say('That code is used up. Remove what you have lost, and add what you have now.');
});
onSubmit('confirm-app', async ({ code }) => {
  await api.confirmApp(code);
  at('confirm-app').hidden = true;
  await refresh('The app is added. Make recovery codes now, for the day when the phone is gone.');
});
onClick('with-passkey', async () => showHome(await api.withPasskey()));
onClick('add-passkey', async () => {
  await api.addPasskey('Passkey of this device');
  await refresh('The passkey is added.');
});
onClick('add-app', async () => {
  const app = await api.beginApp();
  at('qr').src = app.qr;
  at('secret').textContent = app.secret;
  at('confirm-app').hidden = false;
});
onClick('remove-app', async () => {
  await api.removeApp();
  await refresh('The app is removed.');
});
onClick('make-codes', async () => {
  const codes = await api.makeCodes();
  at('codes').replaceChildren(...codes.map(code => Object.assign(document.createElement('li'), { textContent: code })));
  at('codes').hidden = false;
});
onClick('sign-out', async () => {
  const here = (await api.sessions()).find(session => session.isThis);
  if (here) await api.remove('_sessions', here.id);
  api.forget();
  show('welcome');
  say('You are signed out.');
});

if (api.isSignedIn()) {
  await api.me().then(showHome).catch(() => {
    api.forget();
    show('welcome');
  });
} else {
  show('welcome');
}
