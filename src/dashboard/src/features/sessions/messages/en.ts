const en = {
  title: 'Sessions',
  hint: 'Where people are signed in. An ended session is worthless at once, on every node.',
  collection: 'Collection of accounts',
  all: 'All accounts',
  everybody: 'Show everybody',
  search: 'Search device, address or id',
  columns: { account: 'Account', device: 'Device', from: 'From', used: 'Last used', ends: 'Ends', actions: 'Actions' },
  methods: {
    password: 'with a password',
    oauth2: 'through a sign-in service',
    otp: 'with a one-time code',
    passkey: 'with a passkey',
    totp: 'with an authenticator app',
    recovery: 'with a recovery code',
  },
  unknown: 'Unknown device',
  this: 'this one',
  emptyTitle: 'No sessions',
  empty: 'Nobody is signed in here, or nothing fits what you search for.',
  ended: 'The session has ended.',
  endedAll_one: 'One session has ended.',
  endedAll_other: '{{count}} sessions have ended.',
  end: {
    of: 'End the session on {{device}}',
    title: 'End this session?',
    text: '{{name}} has to sign in again on {{device}}.',
    own: 'This is your own session: you have to sign in again.',
    action: 'End it',
  },
  endAll: {
    of: 'End all sessions of this account',
    title: 'End all sessions of this account?',
    text: '{{name}} has to sign in again everywhere. Your own session here stays.',
    action: 'End all',
  },
};

export default en;
